/** The targets of an order: when it is due, in color and in words. */
import { Text } from '@mantine/core'
import { formatInstant } from '@/shared/dates'
import { workOrders } from '@/shared/i18n/en/workOrders'
import type { WorkOrder } from './queries'

const words = workOrders.sla

export type SlaTarget = WorkOrder['sla'][number]

const COLORS: Record<string, string> = {
  breached: 'var(--mantine-color-error)',
  missed: 'var(--mantine-color-error)',
  warning: 'var(--mantine-color-yellow-light-color)',
}

/** The next target that is not met, for lists and the board. */
export function NextTarget({ order }: { order: { sla: SlaTarget[] } }) {
  const next = order.sla.find((target) => target.met_at === null)
  return next ? <TargetText target={next} named /> : <>—</>
}

export function TargetText({ target, named = false }: { target: SlaTarget; named?: boolean }) {
  const color = COLORS[target.state]
  return (
    <Text span inherit c={color} fw={color ? 570 : undefined} className="num" data-state={target.state}>
      {named && `${words.names[target.target]}: `}
      {textOf(target)}
    </Text>
  )
}

function textOf({ state, due_at, met_at, percent }: SlaTarget): string {
  const at = due_at && formatInstant(due_at)
  if (met_at) return words.done[state]!(formatInstant(met_at))
  if (!at) return words.paused(percent)
  return words.open[state]!(at)
}
