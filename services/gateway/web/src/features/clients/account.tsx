/** What a client owes, what of it is late and by how long, and what credit it has: a row a currency. */
import { Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { clientAccount as words } from '@/shared/i18n/en/clientAccount'
import { TextLink } from '@/shared/Link'
import { formatMoney, isZero } from '@/shared/money'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { type Aged, ageingQuery, type Balance, balanceQuery } from './accountQueries'

const late = (amount: string, currency: string) => (
  <Text span inherit c={isZero(amount) ? 'dimmed' : 'var(--mantine-color-error)'}>
    {formatMoney(amount, currency)}
  </Text>
)

const balances: SmallColumn<Balance>[] = [
  { header: words.currency, cell: (row) => row.currency },
  { header: words.outstanding, align: 'right', cell: (row) => formatMoney(row.outstanding, row.currency) },
  { header: words.overdue, align: 'right', cell: (row) => late(row.overdue, row.currency) },
  { header: words.credit, align: 'right', cell: (row) => formatMoney(row.credit, row.currency) },
  {
    header: words.balance,
    align: 'right',
    cell: (row) => <strong>{formatMoney(row.balance, row.currency)}</strong>,
  },
]

const BUCKETS = ['current', 'days_1_30', 'days_31_60', 'days_61_90', 'days_over_90'] as const

const aged: SmallColumn<Aged>[] = [
  { header: words.currency, cell: (row) => row.currency },
  ...BUCKETS.map(
    (bucket): SmallColumn<Aged> => ({
      header: words.buckets[bucket],
      align: 'right',
      cell: (row) =>
        bucket === 'current' ? formatMoney(row.current, row.currency) : late(row[bucket], row.currency),
    }),
  ),
]

export function Account({ clientId }: { clientId: string }) {
  const balance = useQuery(balanceQuery(clientId))
  const ageing = useQuery(ageingQuery(clientId))
  const links = (
    <Group gap="md">
      <TextLink to="/invoices" search={{ client_id: clientId, status: 'open' } as never} size="xs">
        {words.openInvoices}
      </TextLink>
      <TextLink to="/payments" search={{ client_id: clientId } as never} size="xs">
        {words.payments}
      </TextLink>
      <TextLink to="/billable-items" search={{ client_id: clientId } as never} size="xs">
        {words.items}
      </TextLink>
    </Group>
  )
  const rows = ageing.data?.by_currency ?? []
  return (
    <Section title={words.title} action={links} flush>
      {balance.isPending ? (
        <RowsSkeleton rows={2} />
      ) : balance.isError ? (
        <ErrorState error={balance.error} onRetry={() => balance.refetch()} />
      ) : (
        <SmallTable
          label={words.title}
          columns={balances}
          rows={balance.data.by_currency}
          rowKey={(row) => row.currency}
        />
      )}
      {rows.length > 0 && (
        <SmallTable label={words.ageing} columns={aged} rows={rows} rowKey={(row) => row.currency} />
      )}
    </Section>
  )
}
