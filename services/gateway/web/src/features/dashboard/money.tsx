import { Text } from '@mantine/core'
import { dashboard } from '@/shared/i18n/en/dashboard'
import { formatMoney, isZero } from '@/shared/money'
import { Section } from '@/shared/Section'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import type { Dashboard } from './queries'

type Row = Dashboard['money'][number]
const words = dashboard.money

const columns: SmallColumn<Row>[] = [
  { header: dashboard.currency, cell: (row) => row.currency },
  {
    header: words.receivable,
    align: 'right',
    cell: (row) => <strong>{formatMoney(row.receivable, row.currency)}</strong>,
  },
  {
    header: words.overdue,
    align: 'right',
    cell: (row) => (
      <Text span inherit c={isZero(row.overdue) ? 'dimmed' : 'var(--mantine-color-error)'}>
        {formatMoney(row.overdue, row.currency)}
      </Text>
    ),
  },
  { header: words.unbilled, align: 'right', cell: (row) => formatMoney(row.unbilled, row.currency) },
]

/** One row a currency: amounts of two currencies are never added up. */
export function MoneyTable({ money }: { money: Row[] }) {
  return (
    <Section title={words.title} flush>
      <SmallTable label={words.title} columns={columns} rows={money} rowKey={(row) => row.currency} />
    </Section>
  )
}
