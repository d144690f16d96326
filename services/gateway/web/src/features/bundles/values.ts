/** A bundle as its form holds it, and as requests carry it. */
import { bundles as words } from '@/shared/i18n/en/catalogParts'
import { formatQuantity, isAboveZero, readDecimal } from '@/shared/money'
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

export const checks = {
  name: (name: string) => (name.trim() ? null : words.needed),
  price: (price: string, { pricing }: Values) =>
    pricing !== 'fixed' || isAmount(price) ? null : words.amount,
  markup_percent: (percent: string, { pricing }: Values) =>
    pricing !== 'markup' || readDecimal(percent) !== null ? null : words.percent,
  items: (items: Item[]) =>
    items.length === 0 ? words.itemsNeeded : (items.map(problemOf).find(Boolean) ?? null),
}

export function problemOf(item: Item): string | null {
  if (!isAboveZero(item.quantity)) return `${words.quantityOf(item.name)}: ${words.quantity}`
  if (item.unit_price.trim() && !isAmount(item.unit_price))
    return `${words.priceOf(item.name)}: ${words.amount}`
  return null
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
    ...(pricing === 'markup' && { markup_percent: readDecimal(markup_percent) }),
    items: items.map((item) => ({
      service_id: item.service_id,
      quantity: readDecimal(item.quantity)!,
      unit_price: item.unit_price.trim() ? readDecimal(item.unit_price) : null,
    })),
  }
}

function isAmount(text: string): boolean {
  const amount = readDecimal(text)
  return amount !== null && !amount.startsWith('-')
}
