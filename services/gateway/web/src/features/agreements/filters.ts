import { agreements as words } from '@/shared/i18n/en/agreements'
import type { Filter } from '@/shared/table/types'

const { fields } = words
const choices = (names: Record<string, string>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

export const agreementFilters: Filter[] = [
  { key: 'status', label: fields.status, options: choices(words.statuses) },
  { key: 'type', label: fields.type, options: choices(words.types) },
  {
    key: 'ends_within_days',
    label: fields.ends_within_days,
    options: [30, 60, 90].map((days) => ({ value: String(days), label: words.within(days) })),
  },
  {
    key: 'low_on_hours',
    label: fields.low_on_hours,
    options: [{ value: 'true', label: words.lowOnHours }],
  },
]
