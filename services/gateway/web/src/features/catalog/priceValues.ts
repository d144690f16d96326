/** A price of a price list as its form holds it, and as requests carry it. */
import { today } from '@/shared/dates'
import { catalog } from '@/shared/i18n/en/catalog'
import { numberProblem, readDecimal, readOptional } from '@/shared/numbers'
import { isTiered, type ModelValues, modelBody, modelProblem, modelValues } from './priceModel'
import type { Price, PriceBody, PricePatch } from './priceQueries'
import type { Service } from './queries'

export type PriceValues = {
  currency: string
  valid_from: string
  default_rate: string
  setup_fee: string
  cost: string
  price_model: ModelValues
}

export function priceValues(service: Service, price: Price | null): PriceValues {
  return {
    currency: price?.currency ?? service.currency,
    valid_from: price?.valid_from ?? today(),
    default_rate: price?.default_rate ?? '',
    setup_fee: price?.setup_fee ?? '',
    cost: price?.cost ?? '',
    price_model: modelValues(price ? price.price_model : service.price_model),
  }
}

/** What is left empty stays as it is in that currency. */
export function newBody(values: PriceValues, usage: boolean): PriceBody {
  return {
    currency: values.currency,
    valid_from: values.valid_from,
    ...rateOf(values, usage),
    ...(values.setup_fee.trim() && { setup_fee: readDecimal(values.setup_fee) }),
    ...(values.cost.trim() && { cost: readDecimal(values.cost) }),
    ...(usage && { price_model: modelBody(values.price_model) }),
  }
}

/** Only what was changed; emptied is taken away. */
export function patchBody(values: PriceValues, before: PriceValues, usage: boolean): PricePatch {
  const body: PricePatch = {}
  if (values.valid_from !== before.valid_from) body.valid_from = values.valid_from
  if (values.default_rate !== before.default_rate) Object.assign(body, rateOf(values, usage))
  for (const field of ['setup_fee', 'cost'] as const)
    if (values[field] !== before[field]) body[field] = readOptional(values[field])
  if (usage && JSON.stringify(values.price_model) !== JSON.stringify(before.price_model))
    body.price_model = modelBody(values.price_model)
  return body
}

export const priceChecks = (usage: boolean) => ({
  valid_from: (day: string) => (day ? null : catalog.hints.required),
  default_rate: (rate: string, { currency }: PriceValues) =>
    numberProblem(rate, { kind: 'money', currency, above: '0', optional: true }),
  setup_fee: optional,
  cost: optional,
  price_model: (model: ModelValues) => (usage ? modelProblem(model) : null),
})

function optional(text: string, { currency }: PriceValues) {
  return numberProblem(text, { kind: 'money', currency, min: '0', optional: true })
}

function rateOf(values: PriceValues, usage: boolean) {
  const derived = usage && isTiered(values.price_model.model)
  return !derived && values.default_rate.trim() ? { default_rate: readDecimal(values.default_rate)! } : {}
}
