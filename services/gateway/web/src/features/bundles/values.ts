/** A bundle as its form holds it, and as requests carry it. */
import { bundles as words } from '@/shared/i18n/en/catalogParts'
import { formatQuantity } from '@/shared/money'
import { numberProblem, readDecimal, readOptional } from '@/shared/numbers'
import type { Bundle, BundleBody, Draft } from './queries'

export type Pricing = NonNullable<BundleBody['pricing']>

export type Item = {
  service_id: string
  name: string
  unit: string
  archived: boolean
  quantity: string
  unit_price: string
}

export type Values = {
  name: string
  description: string
  currency: string
  billing_cycle: string
  pricing: Pricing
  price: string
  markup_percent: string
  items: Item[]
}

export function valuesOf(bundle: Bundle | null): Values {
  return {
    name: bundle?.name ?? '',
    description: bundle?.description ?? '',
    currency: bundle?.currency ?? '',
    billing_cycle: bundle?.billing_cycle ?? '',
    pricing: bundle?.pricing ?? 'components',
    price: bundle?.pricing === 'fixed' ? (bundle.price ?? '') : '',
    markup_percent: bundle?.markup_percent ? formatQuantity(bundle.markup_percent) : '',
    items: (bundle?.items ?? []).map((item) => ({
      service_id: item.service_id,
      name: item.service_name,
      unit: item.unit,
      archived: item.service_status === 'archived',
      quantity: formatQuantity(item.quantity),
      unit_price: item.unit_price ?? '',
    })),
  }
}

const money = { kind: 'money' as const, min: '0' }

export const checks = {
  name: (name: string) => (name.trim() ? null : words.needed),
  price: (price: string, { pricing, currency }: Values) =>
    pricing === 'fixed' ? numberProblem(price, { ...money, currency: currency || undefined }) : null,
  markup_percent: (percent: string, { pricing }: Values) =>
    pricing === 'markup' ? numberProblem(percent, { kind: 'percent' }) : null,
  items: (items: Item[]) =>
    items.length === 0 ? words.itemsNeeded : (items.map(problemOf).find(Boolean) ?? null),
}

export function problemOf(item: Item): string | null {
  const quantity = numberProblem(item.quantity, { kind: 'quantity', above: '0' })
  if (quantity) return `${words.quantityOf(item.name)}: ${quantity}`
  const price = numberProblem(item.unit_price, { ...money, optional: true })
  return price && `${words.priceOf(item.name)}: ${price}`
}

export const bodyOf = (values: Values): BundleBody => ({
  name: values.name.trim(),
  description: values.description.trim() || null,
  billing_cycle: (values.billing_cycle || null) as BundleBody['billing_cycle'],
  ...pricedBy(values),
})

/** What can be priced already, or null while something needed for it is missing or wrong. */
export function draftOf(values: Values): Draft | null {
  const complete =
    !checks.price(values.price, values) && !checks.markup_percent(values.markup_percent, values)
  return complete && !checks.items(values.items) ? pricedBy(values) : null
}

function pricedBy({ currency, pricing, price, markup_percent, items }: Values): Draft {
  return {
    currency: currency || null,
    pricing,
    ...(pricing === 'fixed' && { price: readDecimal(price) }),
    ...(pricing === 'markup' && { markup_percent: readDecimal(markup_percent, { kind: 'percent' }) }),
    items: items.map((item) => ({
      service_id: item.service_id,
      quantity: readDecimal(item.quantity)!,
      unit_price: readOptional(item.unit_price),
    })),
  }
}
