/** What the editor hands to each of its steps. */
import type { useApiForm } from '@/shared/form/useApiForm'
import type { Preview } from './queries'
import type { Values, Whole } from './values'

export type Form = ReturnType<typeof useApiForm<Values, Whole>>['form']

/** A row of the client's rate card, or a covered service that is no longer on it. */
export type Choice = { id: string; name: string; unit: string; rate: string | null; included: boolean }

export type StepProps = {
  form: Form
  /** The client's currency; unknown until a client is chosen. */
  currency: string | undefined
  choices: Choice[]
  isFixed: (field: string) => boolean
  preview: Preview | undefined
}

export const STEPS = ['client', 'terms', 'services', 'hours', 'split', 'review'] as const
export type Step = (typeof STEPS)[number]

/** The step that shows a field; what is wrong elsewhere is shown above all steps. */
export const fieldsOf: Record<Step, readonly (keyof Values)[]> = {
  client: ['client_id', 'name', 'type', 'reference'],
  terms: [
    ...(['start_date', 'end_date', 'frequency', 'recurring_amount', 'net_terms', 'overage_rate'] as const),
    ...(['notice_days', 'sla_hours', 'auto_renew', 'scope', 'exclusions', 'internal_notes'] as const),
  ],
  services: ['coverage', 'uncovered_policy', 'services'],
  hours: ['total_hours', 'allocation_policy', 'draw_order', 'rollover', 'low_hours_threshold', 'services'],
  split: ['services'],
  review: [],
}

export function stepsOf(type: Values['type']): Step[] {
  return STEPS.filter(
    (step) =>
      (step !== 'hours' || type.startsWith('block_hours')) && (step !== 'split' || type === 'fixed_price'),
  )
}
