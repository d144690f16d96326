/** A service as its form holds it, and as a request carries it. */
import { catalog } from '@/shared/i18n/en/catalog'
import { plans } from '@/shared/i18n/en/catalogPrices'
import { numberProblem, readDecimal, readOptional, readWhole, sortOrderProblem } from '@/shared/numbers'
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
  /** Of a new service only: an existing one has a price list. */
  prices: FurtherPrice[]
}

export type FurtherPrice = Pick<
  Values,
  'currency' | 'default_rate' | 'setup_fee' | 'cost' | 'price_model'
> & {
  key: number
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
  prices: [],
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
    prices: [],
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
    minimum_hours: values.kind === 'labor' ? readOptional(values.minimum_hours) : null,
    sort_order: readWhole(values.sort_order)!,
    internal_notes: orNull(values.internal_notes),
    billing_cycle: plan ? (orNull(values.billing_cycle) as ServiceBody['billing_cycle']) : null,
    setup_fee: readOptional(values.setup_fee),
    cost: readOptional(values.cost),
    price_model: usage ? modelBody(values.price_model) : null,
    subscription_category: plan
      ? (orNull(values.subscription_category) as ServiceBody['subscription_category'])
      : null,
    term_months: plan ? readWhole(values.term_months) : null,
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

export function newBodyOf(values: Values): ServiceBody {
  const usage = values.kind === 'usage'
  return {
    ...bodyOf(values),
    ...(values.currency && { currency: values.currency as ServiceBody['currency'] }),
    prices: values.prices.map((price) => ({
      currency: price.currency as NonNullable<ServiceBody['currency']>,
      ...(hasRate({ ...values, ...price }) && { default_rate: readDecimal(price.default_rate)! }),
      setup_fee: readOptional(price.setup_fee),
      cost: readOptional(price.cost),
      ...(usage && { price_model: modelBody(price.price_model) }),
    })),
  }
}

/** What is wrong with the prices in further currencies, the first of it. */
export function furtherProblem(prices: FurtherPrice[], values: Values): string | null {
  const usage = values.kind === 'usage'
  for (const [place, price] of prices.entries()) {
    const { currency } = price
    if (!currency) return catalog.further.needed
    if (currency === values.currency || prices.findIndex((one) => one.currency === currency) !== place)
      return catalog.further.twice(currency)
    const money = { kind: 'money' as const, currency }
    const problem =
      (hasRate({ ...values, ...price }) && numberProblem(price.default_rate, { ...money, above: '0' })) ||
      numberProblem(price.setup_fee, { ...money, min: '0', optional: true }) ||
      numberProblem(price.cost, { ...money, min: '0', optional: true }) ||
      (usage && modelProblem(price.price_model))
    if (problem) return catalog.further.rate(currency, problem)
  }
  return null
}

/** Where tiers say the price, the rate follows from them. */
export const hasRate = ({ kind, price_model }: Pick<Values, 'kind' | 'price_model'>) =>
  kind !== 'usage' || !isTiered(price_model.model)

export const checks = {
  name: needed,
  description: needed,
  default_rate: (text: string, values: Values) =>
    hasRate(values)
      ? numberProblem(text, { kind: 'money', currency: values.currency || undefined, above: '0' })
      : null,
  billing_cycle: (cycle: string, { kind }: Values) =>
    kind === 'recurring' && !cycle ? hints.billing_cycle : null,
  prices: furtherProblem,
  price_model: (model: ModelValues, { kind }: Values) => (kind === 'usage' ? modelProblem(model) : null),
  term_months: (text: string) => numberProblem(text, { kind: 'whole', min: '1', max: '120', optional: true }),
  provisioning_checklist: (steps: Step[]) =>
    steps.some(({ name }) => !name.trim()) ? plans.stepNeeded : null,
  default_unit: needed,
  minimum_hours: (text: string) => numberProblem(text, { kind: 'quantity', min: '0', optional: true }),
  setup_fee: optionalAmount,
  cost: optionalAmount,
  sort_order: sortOrderProblem,
}

function needed(text: string) {
  return text.trim() ? null : hints.required
}

function optionalAmount(text: string, { currency }: Values) {
  return numberProblem(text, { kind: 'money', currency: currency || undefined, min: '0', optional: true })
}

const orNull = (text: string) => text.trim() || null
