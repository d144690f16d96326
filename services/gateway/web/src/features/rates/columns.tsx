/** Columns of rates across clients, and the cells both lists share. */
import { Badge, Text } from '@mantine/core'
import { rateLists as words } from '@/shared/i18n/en/rates'
import { TextLink } from '@/shared/Link'
import { formatMoney, formatPercent, formatQuantity, formatRate, isZero } from '@/shared/money'
import type { Column } from '@/shared/table/types'
import type { RowAcross } from './acrossQueries'
import { RateBadge } from './rateBadge'

const client: Column<RowAcross> = {
  id: 'client',
  header: words.client,
  sort: 'client_name',
  card: 'title',
  cell: (row) => (
    <TextLink
      to="/clients/$clientId"
      params={{ clientId: row.client_id }}
      search={{ tab: 'services' } as never}
      fw={550}
      data-row-link
    >
      {row.client_name}
    </TextLink>
  ),
}

const service: Column<RowAcross> = {
  id: 'service',
  header: words.service,
  sort: 'name',
  cell: (row) => row.name,
}

const hours: Column<RowAcross> = {
  id: 'hours',
  header: words.hours,
  align: 'right',
  width: '8rem',
  cell: (row) => (row.hours_last_12_months ? formatQuantity(row.hours_last_12_months) : '—'),
}

const money = (rate: string | null, row: RowAcross) => formatRate(rate, row.currency, row.unit)

export const rateColumns: Column<RowAcross>[] = [
  client,
  service,
  { id: 'badge', header: words.kind, card: 'corner', width: '9rem', cell: (row) => <RateBadge row={row} /> },
  {
    id: 'default_rate',
    header: words.default,
    align: 'right',
    sort: 'default_rate',
    cell: (row) => (
      <Text size="sm" c="dimmed">
        {money(row.default_rate, row)}
      </Text>
    ),
  },
  {
    id: 'effective_rate',
    header: words.rate,
    align: 'right',
    sort: 'effective_rate',
    cell: (row) => money(row.effective_rate, row),
  },
  {
    id: 'difference',
    header: words.difference,
    align: 'right',
    sort: 'difference',
    cell: (row) => <Difference row={row} />,
  },
  hours,
  { id: 'effect', header: words.effect, align: 'right', cell: (row) => <Effect row={row} /> },
]

export const reviewColumns: Column<RowAcross>[] = [
  client,
  service,
  { id: 'default_rate', header: words.pays, align: 'right', cell: (row) => money(row.default_rate, row) },
  {
    id: 'review_rate',
    header: words.catalog,
    align: 'right',
    cell: (row) => <b>{money(row.review_rate, row)}</b>,
  },
  { id: 'difference', header: words.difference, align: 'right', cell: (row) => <Difference row={row} /> },
  hours,
  { id: 'effect', header: words.effectIfAccepted, align: 'right', cell: (row) => <Effect row={row} /> },
]

/** "+$15.00 (+12%)": the sign and a word for screen readers, not colour alone. */
function Difference({ row }: { row: RowAcross }) {
  if (row.difference === null || isZero(row.difference)) return '—'
  const percent = row.difference_percent
  return (
    <span className="num">
      {signed(row.difference, row.currency)}
      {percent !== null && (
        <Badge ml={6} color={percent.startsWith('-') ? 'orange' : 'blue'}>
          {percent.startsWith('-') ? '' : '+'}
          {formatPercent(percent)}
        </Badge>
      )}
    </span>
  )
}

function Effect({ row }: { row: RowAcross }) {
  return row.revenue_effect === null ? (
    '—'
  ) : (
    <span className="num">{signed(row.revenue_effect, row.currency)}</span>
  )
}

export function signed(amount: string, currency: string): string {
  const text = formatMoney(amount, currency)
  return amount.startsWith('-') || isZero(amount) ? text : `+${text}`
}
