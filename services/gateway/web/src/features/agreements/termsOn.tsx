/** The terms of one day, with the services that were covered. */
import { Text } from '@mantine/core'
import { formatDate } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { agreements } from '@/shared/i18n/en/agreements'
import { formatQuantity, formatRate } from '@/shared/money'
import { amountOf } from './columns'
import type { Whole } from './values'

const { history: words, fields } = agreements

export function TermsOn({ terms, replaced }: { terms: Whole; replaced: boolean }) {
  const since = formatDate(terms.terms_from)
  const currency = terms.currency ?? 'USD'
  const hours: [string, string][] = terms.total_hours
    ? [
        [fields.total_hours, formatQuantity(terms.total_hours)],
        [fields.allocation_policy, agreements.allocations[terms.allocation_policy]],
      ]
    : []
  return (
    <div aria-live="polite">
      <Text size="sm" mb="xs">
        {replaced ? words.earlier(since) : words.current(since)}
      </Text>
      <Facts
        facts={[
          [fields.name, terms.name],
          [fields.end_date, terms.end_date ? formatDate(terms.end_date) : agreements.openEnd],
          [fields.recurring_amount, amountOf(terms)],
          [fields.overage_rate, formatRate(terms.overage_rate, currency, 'hour')],
          ...hours,
          [fields.coverage, agreements.coverages[terms.coverage]],
          [fields.uncovered_policy, agreements.uncovered[terms.uncovered_policy]],
          ...terms.rows.map((row): [string, string] => [row.name, serviceText(row, currency)]),
        ]}
      />
    </div>
  )
}

function serviceText(row: Whole['rows'][number], currency: string): string {
  const rate = row.custom_rate === null ? words.client : formatRate(row.custom_rate, currency, row.unit)
  return row.hours_allocated === null
    ? rate
    : `${rate}, ${agreements.hours(formatQuantity(row.hours_allocated))}`
}
