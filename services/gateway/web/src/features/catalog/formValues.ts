/** A service as its form holds it, and as a request carries it. */
import { catalog } from '@/shared/i18n/en/catalog'
import { isAboveZero, readDecimal } from '@/shared/money'
import type { Service, ServiceBody } from './queries'

const { hints } = catalog

export type Values = {
  name: string
  description: string
  kind: NonNullable<ServiceBody['kind']>
  category: string
  default_rate: string
  default_unit: string
  currency: string
  tax_code_id: string
  minimum_hours: string
  sort_order: string
  internal_notes: string
  billing_cycle: string
  setup_fee: string
  cost: string
}

export const UNITS: Record<Values['kind'], string> = {
  labor: 'Hour',
  recurring: 'Month',
  one_off: 'Item',
  usage: 'Unit',
}

export const fresh: Values = {
  name: '',
  description: '',
  kind: 'labor',
  category: '',
  default_rate: '',
  default_unit: UNITS.labor,
  currency: '',
  tax_code_id: '',
  minimum_hours: '',
  sort_order: '0',
  internal_notes: '',
  billing_cycle: '',
  setup_fee: '',
  cost: '',
}

export function valuesOf(service: Service): Values {
  return {
    name: service.name,
    description: service.description,
    kind: service.kind,
    category: service.category ?? '',
    default_rate: service.default_rate ?? '',
    default_unit: service.default_unit,
    currency: service.currency,
    tax_code_id: service.tax_code_id ?? '',
    minimum_hours: service.minimum_hours ?? '',
    sort_order: String(service.sort_order),
    internal_notes: service.internal_notes ?? '',
    billing_cycle: service.billing_cycle ?? '',
    setup_fee: service.setup_fee ?? '',
    cost: service.cost ?? '',
  }
}

/** What a plan alone has is sent empty for every other kind: a cycle would mean nothing there. */
export function bodyOf(values: Values): ServiceBody {
  const plan = values.kind === 'recurring'
  return {
    name: values.name.trim(),
    description: values.description.trim(),
    kind: values.kind,
    category: orNull(values.category),
    default_rate: readDecimal(values.default_rate)!,
    default_unit: values.default_unit.trim(),
    tax_code_id: orNull(values.tax_code_id),
    minimum_hours: values.kind === 'labor' ? amountOrNull(values.minimum_hours) : null,
    sort_order: Number.parseInt(values.sort_order, 10),
    internal_notes: orNull(values.internal_notes),
    billing_cycle: plan ? (orNull(values.billing_cycle) as ServiceBody['billing_cycle']) : null,
    setup_fee: amountOrNull(values.setup_fee),
    cost: amountOrNull(values.cost),
  }
}

export const checks = {
  name: needed,
  description: needed,
  default_rate: (text: string) => (isAboveZero(text) ? null : hints.aboveZero),
  default_unit: needed,
  minimum_hours: optionalAmount(hints.hours),
  setup_fee: optionalAmount(hints.amount),
  cost: optionalAmount(hints.amount),
  sort_order: (text: string) => (/^-?\d{1,5}$/.test(text.trim()) ? null : hints.whole),
}

function needed(text: string) {
  return text.trim() ? null : hints.required
}

function optionalAmount(what: string) {
  return (text: string) => (!text.trim() || readDecimal(text) !== null ? null : what)
}

export const orNull = (text: string) => text.trim() || null
export const amountOrNull = (text: string) => (text.trim() ? readDecimal(text) : null)
