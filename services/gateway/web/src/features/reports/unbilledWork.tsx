import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import type { ChartProps } from '@/shared/charts/types'
import { formatDate } from '@/shared/dates'
import { reports } from '@/shared/i18n/en/reports'
import { ButtonLink, TextLink } from '@/shared/Link'
import { formatMoney, formatQuantity } from '@/shared/money'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { DayFilter } from '@/shared/table/FilterField'
import type { Column, Filter } from '@/shared/table/types'
import { ReportHead } from './head'
import { fetchUnbilled, type Unbilled, unbilledKey } from './queries'
import { TopChart } from './topChart'

const words = reports.unbilledWork
const { fields } = words

type Amount = 'time_amount' | 'expense_amount' | 'other_amount'

const amount = (id: Amount, header: string): Column<Unbilled> => ({
  id,
  header,
  align: 'right',
  cell: (row) => formatMoney(row[id], row.currency),
})

const columnsFor = (mayBill: boolean): Column<Unbilled>[] => [
  {
    id: 'name',
    header: fields.client,
    sort: 'name',
    card: 'title',
    cell: (row) => (
      <TextLink
        to="/billable-items"
        search={{ client_id: row.client_id, status: 'to_bill' } as never}
        fw={550}
        data-row-link
      >
        {row.client_name}
      </TextLink>
    ),
  },
  {
    id: 'oldest_on',
    header: fields.oldest,
    sort: 'oldest_on',
    cell: (row) => <span className="num">{formatDate(row.oldest_on)}</span>,
  },
  { id: 'items', header: fields.items, align: 'right', cell: (row) => row.items },
  { id: 'hours', header: fields.hours, align: 'right', cell: (row) => formatQuantity(row.hours) },
  amount('time_amount', fields.time),
  amount('expense_amount', fields.expenses),
  amount('other_amount', fields.other),
  {
    id: 'total',
    header: fields.total,
    align: 'right',
    card: 'corner',
    cell: (row) => <strong>{formatMoney(row.total, row.currency)}</strong>,
  },
  { id: 'notes', header: fields.notes, cell: (row) => <Notes row={row} /> },
  ...(mayBill
    ? [
        {
          id: 'action',
          header: fields.action,
          bare: true,
          cell: (row: Unbilled) => (
            <ButtonLink
              to="/invoice-runs/new"
              search={{ client_id: row.client_id } as never}
              variant="default"
              size="compact-xs"
              aria-label={words.billClient(row.client_name)}
            >
              {words.bill}
            </ButtonLink>
          ),
        },
      ]
    : []),
]

function Notes({ row }: { row: Unbilled }) {
  const notes = [
    ...(row.held > 0 ? [words.held(row.held)] : []),
    ...(row.parked > 0 ? [words.parked(row.parked)] : []),
    ...row.incomplete,
  ]
  return (
    <Text span size="xs" c="dimmed">
      {notes.join(' · ')}
    </Text>
  )
}

const filters: Filter[] = [clientFilter, { key: 'dated_lte', label: fields.until, Field: DayFilter }]
const EXPORTED = ['sort', ...filters.map((filter) => filter.key)]

/** Amounts of two currencies have no common scale: the chart has the clients in the currency of the first. */
function chartOf(all: Unbilled[]): ChartProps<Unbilled> | null {
  const currency = all[0]?.currency
  if (!currency) return null
  return {
    title: words.chart(currency),
    rows: all.filter((row) => row.currency === currency),
    category: { header: fields.client, label: (row) => row.client_name },
    series: [
      { name: fields.time, color: 'teal-7', value: (row) => row.time_amount ?? '0' },
      { name: fields.expenses, color: 'yellow-6', value: (row) => row.expense_amount ?? '0' },
      { name: fields.other, color: 'gray-5', value: (row) => row.other_amount ?? '0' },
    ],
    format: (value) => formatMoney(value, currency),
  }
}

export function UnbilledWorkReport() {
  const mayBill = useMay('invoices.write')
  const columns = useMemo(() => columnsFor(mayBill), [mayBill])
  return (
    <>
      <ReportHead
        words={words}
        csv="/api/v1/reports/unbilled-work.csv"
        pdf="/api/v1/reports/unbilled-work.pdf"
        keys={EXPORTED}
      />
      <DataTable
        label={words.title}
        queryKey={unbilledKey}
        fetchPage={fetchUnbilled}
        columns={columns}
        rowName={(row) => row.client_name}
        defaultSort="oldest_on"
        filters={filters}
        summary={(question) => (
          <TopChart
            queryKey={unbilledKey}
            fetchPage={fetchUnbilled}
            question={question}
            sort="oldest_on"
            chartOf={chartOf}
          />
        )}
        empty={words.empty}
      />
    </>
  )
}
