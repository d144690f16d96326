/** How a quantity becomes an amount: a usage price as its form holds it, and as a request carries it. */

import { catalogPrices as words } from '@/shared/i18n/en/catalogPrices'
import { compareDecimals, formatQuantity } from '@/shared/money'
import { isAboveZero, numberProblem, readDecimal, readOptional } from '@/shared/numbers'
import type { QuoteDraft } from './priceQueries'
import type { ServiceBody } from './queries'

type Sent = NonNullable<ServiceBody['price_model']>
export type Model = Sent['model']

/** `key` tells rows apart while they are added and taken away. The last tier has no end. */
export type Tier = { key: number; up_to: string; unit_price: string; flat_fee: string }

export type ModelValues = {
  model: Model
  tiers: Tier[]
  package_size: string
  minimum_charge: string
  included_units: string
}

export const isTiered = (model: Model) => model === 'graduated' || model === 'volume'

export const emptyTier = (key: number): Tier => ({ key, up_to: '', unit_price: '', flat_fee: '' })

type Stored = {
  model: Model
  tiers?: { up_to: string | null; unit_price: string; flat_fee?: string | null }[] | null
  package_size?: string | null
  minimum_charge?: string | null
  included_units?: string | null
}

export function modelValues(stored: Stored | null): ModelValues {
  const tiers = (stored?.tiers ?? []).map((tier, key) => ({
    key,
    up_to: units(tier.up_to),
    unit_price: tier.unit_price,
    flat_fee: tier.flat_fee ?? '',
  }))
  return {
    model: stored?.model ?? 'per_unit',
    tiers: tiers.length > 0 ? tiers : [emptyTier(0), emptyTier(1)],
    package_size: units(stored?.package_size),
    minimum_charge: stored?.minimum_charge ?? '',
    included_units: units(stored?.included_units),
  }
}

/** Null where it says no more than the rate itself does. */
export function modelBody(values: ModelValues): Sent | null {
  const { model } = values
  const minimum_charge = readOptional(values.minimum_charge)
  const included_units = readOptional(values.included_units)
  if (model === 'per_unit' && minimum_charge === null && included_units === null) return null
  return {
    model,
    minimum_charge,
    included_units,
    ...(model === 'package' && { package_size: readOptional(values.package_size) }),
    ...(isTiered(model) && {
      tiers: values.tiers.map((tier, at) => ({
        up_to: at === values.tiers.length - 1 ? null : readOptional(tier.up_to),
        unit_price: readOptional(tier.unit_price) ?? '0',
        flat_fee: readOptional(tier.flat_fee),
      })),
    }),
  }
}

/** The first thing wrong with it, or null. */
export function modelProblem(values: ModelValues): string | null {
  if (values.model === 'package' && !isAboveZero(values.package_size)) return words.packageNeeded
  for (const field of ['minimum_charge', 'included_units'] as const) {
    const problem = numberProblem(values[field], {
      ...optional,
      kind: field === 'included_units' ? 'quantity' : 'money',
    })
    if (problem) return `${words.fields[field]}: ${problem}`
  }
  return isTiered(values.model) ? tiersProblem(values.tiers) : null
}

function tiersProblem(tiers: Tier[]): string | null {
  let before = '0'
  for (const [at, tier] of tiers.entries()) {
    if (!isOptional(tier.unit_price) || !isOptional(tier.flat_fee)) return words.tierPrice(at + 1)
    if (!tier.unit_price.trim() && !tier.flat_fee.trim()) return words.tierPrice(at + 1)
    if (at === tiers.length - 1) continue
    const end = readDecimal(tier.up_to)
    if (end === null || compareDecimals(end, before) <= 0) return words.tierEnd(at + 1, before)
    before = end
  }
  return null
}

/** What can be quoted already, or null while something needed for it is missing or wrong. */
export function quoteDraft(
  values: ModelValues,
  { rate, quantity, currency }: { rate: string; quantity: string; currency: string },
): QuoteDraft | null {
  const asked = readDecimal(quantity)
  if (asked === null || asked.startsWith('-') || modelProblem(values)) return null
  const tiered = isTiered(values.model)
  if (!tiered && !isAboveZero(rate)) return null
  return {
    quantity: asked,
    currency: currency || null,
    default_rate: tiered ? null : readDecimal(rate),
    price_model: modelBody(values),
  }
}

const units = (quantity: string | null | undefined) => (quantity ? formatQuantity(quantity) : '')

const optional = { min: '0', optional: true }

const isOptional = (text: string) => !numberProblem(text, { ...optional, kind: 'money' })
