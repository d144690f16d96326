/** Changes of terms as sentences. */
import { formatDate } from '@/shared/dates'
import { agreements } from '@/shared/i18n/en/agreements'
import { clients } from '@/shared/i18n/en/clients'
import { common } from '@/shared/i18n/en/common'
import { formatMoney, formatPercent, formatQuantity } from '@/shared/money'
import { readWhole } from '@/shared/numbers'
import type { Amendment } from './queries'

const words = agreements.history
const LONGEST = 120

export type Change = Pick<Amendment['changes'][number], 'field' | 'service_name' | 'before' | 'after'>

export function changeText({ field, service_name, before, after }: Change, currency: string): string {
  if (field === 'covered' && service_name) {
    return after === 'true' ? words.added(service_name) : words.removed(service_name)
  }
  const label = words.fields[field] ?? agreements.fields[field as keyof typeof agreements.fields] ?? field
  const name = service_name ? words.of(label, service_name) : label
  if ((before ?? '').length + (after ?? '').length > LONGEST) return words.changed(name)
  const shown = (value: string | null) => (value === null ? words.nothing : valueText(field, value, currency))
  return words.change(name, shown(before), shown(after))
}

const MONEY = new Set(['recurring_amount', 'overage_rate', 'custom_rate', 'recurring_share'])
const QUANTITIES = new Set(['total_hours', 'hours_allocated', 'negotiated_quantity'])
const NAMES: Record<string, Record<string, string>> = {
  frequency: agreements.frequencies,
  rollover: agreements.rollovers,
  coverage: agreements.coverages,
  allocation_policy: agreements.allocations,
  draw_order: agreements.drawOrders,
  uncovered_policy: agreements.uncovered,
  auto_renew: { true: common.yes, false: common.no },
}

function valueText(field: string, value: string, currency: string): string {
  if (MONEY.has(field)) return formatMoney(value, currency)
  if (QUANTITIES.has(field)) return formatQuantity(value)
  if (field === 'low_hours_threshold') return formatPercent(formatQuantity(value))
  if (field === 'net_terms') return clients.netDays(readWhole(value)!)
  if (field.endsWith('_date')) return formatDate(value)
  return NAMES[field]?.[value] ?? value
}
