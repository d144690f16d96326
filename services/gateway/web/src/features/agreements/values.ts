/** An agreement as its form holds it, and as requests carry it. */
import type { CreateAgreementData } from '@/api/gen'
import { laterOf, today } from '@/shared/dates'
import { sumOf } from '@/shared/decimals'
import { agreementForm as words } from '@/shared/i18n/en/agreementForm'
import { compareDecimals, formatQuantity } from '@/shared/money'
import { numberProblem, readDecimal, readOptional, readWhole } from '@/shared/numbers'
import type { Agreement, CoveredService } from './queries'

export type Body = CreateAgreementData['body']

/** Texts as typed; blank means "not set". */
export type Item = { rate: string; hours: string; quantity: string; share: string }

export const NO_TERMS: Item = { rate: '', hours: '', quantity: '', share: '' }

export type Values = {
  client_id: string
  name: string
  type: Agreement['type']
  reference: string
  start_date: string
  end_date: string
  frequency: string
  recurring_amount: string
  net_terms: string
  notice_days: string
  sla_hours: Agreement['sla_hours']
  auto_renew: boolean
  scope: string
  exclusions: string
  internal_notes: string
  coverage: Agreement['coverage']
  uncovered_policy: Agreement['uncovered_policy']
  overage_rate: string
  /** Chosen services by the id of their rate card row. */
  services: Record<string, Item>
  total_hours: string
  allocation_policy: Agreement['allocation_policy']
  draw_order: Agreement['draw_order']
  rollover: Agreement['rollover']
  low_hours_threshold: string
  /** The first day of changed terms; empty before the agreement is in force. */
  first_day: string
  reason: string
}

/** An agreement with its covered services, which are saved together. */
export type Whole = Agreement & { rows: CoveredService[] }

export const fresh = (clientId: string, start: string): Values => ({
  client_id: clientId,
  name: '',
  type: 'block_hours_prepaid',
  reference: '',
  start_date: start,
  end_date: '',
  frequency: '',
  recurring_amount: '',
  net_terms: '',
  notice_days: '30',
  sla_hours: 'business',
  auto_renew: false,
  scope: '',
  exclusions: '',
  internal_notes: '',
  coverage: 'selected',
  uncovered_policy: 'warn',
  overage_rate: '',
  services: {},
  total_hours: '',
  allocation_policy: 'pooled',
  draw_order: 'worked_on',
  rollover: 'none',
  low_hours_threshold: '15',
  first_day: '',
  reason: '',
})

/** A new agreement with another's terms: it starts today, is open-ended, and leaves out services that can't be covered now. */
export function copyOf(agreement: Whole, start: string): Values {
  const rows = agreement.rows.filter((row) => row.included)
  return {
    ...valuesOf({ ...agreement, rows }),
    name: words.copyOf(agreement.name),
    reference: '',
    start_date: start,
    end_date: '',
    first_day: '',
  }
}

const quantity = (value: string | null) => (value === null ? '' : formatQuantity(value))

export function valuesOf(agreement: Whole): Values {
  return {
    client_id: agreement.client_id,
    name: agreement.name,
    type: agreement.type,
    reference: agreement.reference ?? '',
    start_date: agreement.start_date,
    end_date: agreement.end_date ?? '',
    frequency: agreement.frequency ?? '',
    recurring_amount: agreement.recurring_amount ?? '',
    net_terms: agreement.net_terms === null ? '' : String(agreement.net_terms),
    notice_days: String(agreement.notice_days),
    sla_hours: agreement.sla_hours,
    auto_renew: agreement.auto_renew,
    scope: agreement.scope ?? '',
    exclusions: agreement.exclusions ?? '',
    internal_notes: agreement.internal_notes ?? '',
    coverage: agreement.coverage,
    uncovered_policy: agreement.uncovered_policy,
    overage_rate: agreement.overage_rate ?? '',
    services: Object.fromEntries(agreement.rows.map((row) => [row.client_service_id, itemOf(row)])),
    total_hours: quantity(agreement.total_hours),
    allocation_policy: agreement.allocation_policy,
    draw_order: agreement.draw_order,
    rollover: agreement.rollover,
    low_hours_threshold: quantity(agreement.low_hours_threshold),
    first_day: agreement.terms_from ? laterOf(today(), agreement.terms_from) : '',
    reason: '',
  }
}

/** Whether these values change what was agreed: notes and the reference are no terms. */
export function changesTerms(values: Values, agreement: Whole): boolean {
  const terms = (one: Values) =>
    JSON.stringify({ ...bodyOf(one), internal_notes: null, reference: null, net_terms: one.net_terms })
  return terms(values) !== terms(valuesOf(agreement))
}

const itemOf = (row: CoveredService): Item => ({
  rate: row.custom_rate ?? '',
  hours: quantity(row.hours_allocated),
  quantity: quantity(row.negotiated_quantity),
  share: row.recurring_share ?? '',
})

export const isBlock = (type: Values['type']) => type.startsWith('block_hours')

const HOURS = { kind: 'quantity' as const }
const read = (text: string) => readDecimal(text, HOURS) ?? '0'

/** What is wrong with the allocated hours, or null; the figures are those of the server's own message. */
export function allocationProblem(values: Values): string | null {
  const allocated = allocatedHours(values)
  const total = read(values.total_hours)
  const order = compareDecimals(allocated, total)
  const figures = [formatQuantity(allocated), formatQuantity(total)] as const
  if (values.allocation_policy === 'strict' && order !== 0) return words.hours.mustEqual(...figures)
  return order > 0 ? words.hours.exceeds(...figures) : null
}

export const allocatedHours = ({ services }: Values) =>
  sumOf(Object.values(services).map((item) => read(item.hours)))

type Known = {
  currency?: string
  name: (id: string) => string
  /** Whether these values change terms in force, which needs a reason. */
  amends: (values: Values) => boolean
}

/** Checks by field; currency and names are those of the client that is chosen when a check runs. */
export const checksFor = (known: () => Known) => {
  const money = () => ({
    kind: 'money' as const,
    min: '0',
    optional: true,
    exact: true,
    currency: known().currency,
  })
  const itemProblem = (id: string, item: Item, values: Values) => {
    const label = known().name(id)
    const rate = numberProblem(item.rate, money())
    if (rate) return `${words.services.rateOf(label)}: ${rate}`
    const amount = numberProblem(item.quantity, { ...HOURS, min: '0', optional: true })
    if (amount) return `${words.services.quantityOf(label)}: ${amount}`
    const hours = isBlock(values.type) && numberProblem(item.hours, { ...HOURS, min: '0', optional: true })
    if (hours) return `${words.services.hoursOf(label)}: ${hours}`
    const share = values.type === 'fixed_price' && numberProblem(item.share, money())
    return share ? `${words.services.shareOf(label)}: ${share}` : null
  }
  return {
    client_id: (id: string) => (id ? null : words.needed.client),
    name: (text: string) => (text.trim() ? null : words.needed.name),
    start_date: (day: string) => (day ? null : words.needed.start),
    end_date: (day: string, values: Values) => (day && day < values.start_date ? words.needed.end : null),
    frequency: (text: string, values: Values) =>
      values.type === 'fixed_price' && !text ? words.needed.frequency : null,
    recurring_amount: (text: string, values: Values) =>
      numberProblem(text, { ...money(), optional: values.type !== 'fixed_price' }),
    net_terms: (text: string) => numberProblem(text, { kind: 'whole', min: '0', max: '365', optional: true }),
    notice_days: (text: string) => numberProblem(text, { kind: 'whole', min: '0', max: '365' }),
    overage_rate: (text: string) => numberProblem(text, money()),
    total_hours: (text: string, values: Values) =>
      isBlock(values.type) ? numberProblem(text, { ...HOURS, above: '0' }) : null,
    low_hours_threshold: (text: string, values: Values) =>
      isBlock(values.type) ? numberProblem(text, { kind: 'percent', min: '0', max: '100' }) : null,
    services: (items: Record<string, Item>, values: Values) => {
      if (values.coverage === 'selected' && Object.keys(items).length === 0) return words.needed.services
      const wrong = Object.entries(items).map(([id, item]) => itemProblem(id, item, values))
      return wrong.find(Boolean) ?? (isBlock(values.type) ? allocationProblem(values) : null)
    },
    first_day: (day: string, values: Values) =>
      known().amends(values) && !day ? words.amendment.dayNeeded : null,
    reason: (text: string, values: Values) =>
      known().amends(values) && !text.trim() ? words.amendment.reasonNeeded : null,
  }
}

export function bodyOf(values: Values): Body {
  const block = isBlock(values.type)
  const text = (value: string) => value.trim() || null
  const days = readWhole(values.net_terms)
  return {
    client_id: values.client_id,
    name: values.name.trim(),
    type: values.type,
    reference: text(values.reference),
    start_date: values.start_date,
    end_date: values.end_date || null,
    frequency: (values.frequency || null) as Body['frequency'],
    recurring_amount: readOptional(values.recurring_amount),
    ...(days !== null && { net_terms: days }),
    notice_days: readWhole(values.notice_days) ?? 0,
    sla_hours: values.sla_hours,
    auto_renew: values.auto_renew,
    scope: text(values.scope),
    exclusions: text(values.exclusions),
    internal_notes: text(values.internal_notes),
    coverage: values.coverage,
    uncovered_policy: values.uncovered_policy,
    overage_rate: readOptional(values.overage_rate),
    services: rowsOf(values),
    total_hours: block ? readDecimal(values.total_hours, HOURS) : null,
    allocation_policy: values.allocation_policy,
    draw_order: values.draw_order,
    rollover: values.type === 'block_hours_monthly' ? values.rollover : 'none',
    ...(block && { low_hours_threshold: readDecimal(values.low_hours_threshold, { kind: 'percent' })! }),
  }
}

/** Where all services are covered, only those with terms of their own are sent. */
function rowsOf({ coverage, services, type }: Values): NonNullable<Body['services']> {
  return Object.entries(services)
    .filter(([, item]) => coverage === 'selected' || Object.values(item).some((text) => text.trim()))
    .map(([id, item]) => ({
      client_service_id: id,
      custom_rate: readOptional(item.rate),
      negotiated_quantity: readOptional(item.quantity, HOURS),
      hours_allocated: isBlock(type) ? readOptional(item.hours, HOURS) : null,
      recurring_share: type === 'fixed_price' ? readOptional(item.share) : null,
    }))
}
