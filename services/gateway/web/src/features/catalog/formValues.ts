/** A service as its form holds it, and as a request carries it. */
import { catalog } from '@/shared/i18n/en/catalog'
import { plans } from '@/shared/i18n/en/catalogPrices'
import { isAboveZero, readDecimal } from '@/shared/money'
import type { Attributes } from './attributeFields'
import type { Step } from './checklist'
import { isTiered, type ModelValues, modelBody, modelProblem, modelValues } from './priceModel'
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
  price_model: ModelValues
  subscription_category: string
  term_months: string
  provisioning_checklist: Step[]
  attribute_defaults: Attributes
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
  price_model: modelValues(null),
  subscription_category: '',
  term_months: '',
  provisioning_checklist: [],
  attribute_defaults: {},
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
    price_model: modelValues(service.price_model),
    subscription_category: service.subscription_category ?? '',
    term_months: service.term_months === null ? '' : String(service.term_months),
    provisioning_checklist: service.provisioning_checklist.map((step, key) => ({ ...step, key })),
    attribute_defaults: service.attribute_defaults as Attributes,
  }
}

/** What a plan alone has is sent empty for every other kind: a cycle would mean nothing there. */
export function bodyOf(values: Values): ServiceBody {
  const plan = values.kind === 'recurring'
  const usage = values.kind === 'usage'
  return {
    name: values.name.trim(),
    description: values.description.trim(),
    kind: values.kind,
    category: orNull(values.category),
    ...(hasRate(values) && { default_rate: readDecimal(values.default_rate)! }),
    default_unit: values.default_unit.trim(),
    tax_code_id: orNull(values.tax_code_id),
    minimum_hours: values.kind === 'labor' ? amountOrNull(values.minimum_hours) : null,
    sort_order: Number.parseInt(values.sort_order, 10),
    internal_notes: orNull(values.internal_notes),
    billing_cycle: plan ? (orNull(values.billing_cycle) as ServiceBody['billing_cycle']) : null,
    setup_fee: amountOrNull(values.setup_fee),
    cost: amountOrNull(values.cost),
    price_model: usage ? modelBody(values.price_model) : null,
    subscription_category: plan
      ? (orNull(values.subscription_category) as ServiceBody['subscription_category'])
      : null,
    term_months: plan && values.term_months.trim() ? Number.parseInt(values.term_months, 10) : null,
    provisioning_checklist: plan
      ? values.provisioning_checklist.map(({ name, description, required }) => ({
          name: name.trim(),
          description: description.trim(),
          required,
        }))
      : [],
    attribute_defaults: plan ? values.attribute_defaults : {},
  }
}

/** Where tiers say the price, the rate follows from them. */
export const hasRate = ({ kind, price_model }: Values) => kind !== 'usage' || !isTiered(price_model.model)

export const checks = {
  name: needed,
  description: needed,
  default_rate: (text: string, values: Values) =>
    !hasRate(values) || isAboveZero(text) ? null : hints.aboveZero,
  price_model: (model: ModelValues, { kind }: Values) => (kind === 'usage' ? modelProblem(model) : null),
  term_months: (text: string) => {
    const months = text.trim()
    return !months || (/^\d{1,3}$/.test(months) && Number(months) >= 1 && Number(months) <= 120)
      ? null
      : plans.termWrong
  },
  provisioning_checklist: (steps: Step[]) =>
    steps.some(({ name }) => !name.trim()) ? plans.stepNeeded : null,
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

const orNull = (text: string) => text.trim() || null
const amountOrNull = (text: string) => (text.trim() ? readDecimal(text) : null)
