/** The effect of a change on each rate, and its 12-month revenue impact. */
import { Text } from '@mantine/core'
import { rateLists as words } from '@/shared/i18n/en/rates'
import { formatMoney, formatQuantity } from '@/shared/money'
import { SmallTable } from '@/shared/table/SmallTable'
import type { BulkResult } from './acrossQueries'
import { signed } from './columns'

const MOST_SHOWN = 100
type Row = BulkResult['results'][number]

export function Preview({ result }: { result: BulkResult }) {
  const rows = result.results.filter((row) => row.status !== 'skipped')
  return (
    <section aria-label={words.preview}>
      <Text size="sm" fw={570} role="status">
        {words.wouldChange(result.pending, result.skipped)}
      </Text>
      {result.totals.map((total) => (
        <Text key={total.currency} size="sm" c="dimmed">
          {words.impact(signed(total.revenue_effect, total.currency), total.rows)}
        </Text>
      ))}
      {rows.length > 0 && (
        <div style={{ maxHeight: '18rem', overflow: 'auto', marginTop: '0.5rem' }}>
          <SmallTable<Row>
            label={words.preview}
            rows={rows.slice(0, MOST_SHOWN)}
            rowKey={(row) => row.id}
            columns={[
              { header: words.client, cell: (row) => row.client_name },
              { header: words.service, cell: (row) => row.name },
              {
                header: words.before,
                align: 'right',
                cell: (row) => formatMoney(row.before, row.currency ?? 'USD'),
              },
              {
                header: words.after,
                align: 'right',
                cell: (row) =>
                  row.error ? (
                    <Problem text={row.error} />
                  ) : (
                    <b>{formatMoney(row.after, row.currency ?? 'USD')}</b>
                  ),
              },
              {
                header: words.hours,
                align: 'right',
                cell: (row) => (row.hours_last_12_months ? formatQuantity(row.hours_last_12_months) : '—'),
              },
            ]}
          />
        </div>
      )}
      {rows.length > MOST_SHOWN && (
        <Text size="xs" c="dimmed">
          {words.firstOf(MOST_SHOWN, rows.length)}
        </Text>
      )}
    </section>
  )
}

function Problem({ text }: { text: string }) {
  return (
    <Text span size="xs" c="var(--mantine-color-error)">
      {text}
    </Text>
  )
}
