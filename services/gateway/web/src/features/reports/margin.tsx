import { Text } from '@mantine/core'
import { clientFilter } from '@/features/clients/clientFilter'
import type { ChartProps } from '@/shared/charts/types'
import { reports } from '@/shared/i18n/en/reports'
import { TextLink } from '@/shared/Link'
import { compareDecimals, formatMoney, formatPercent, formatQuantity } from '@/shared/money'
import { DataTable } from '@/shared/table/DataTable'
import { DayFilter } from '@/shared/table/FilterField'
import type { Column, Filter } from '@/shared/table/types'
import { ReportHead } from './head'
import { fetchMargin, type Margin, marginKey } from './queries'
import { TopChart } from './topChart'

const words = reports.margin
const { fields } = words

type Amount = 'revenue_billed' | 'revenue_unbilled' | 'labor_cost' | 'expense_cost'

const amount = (id: Amount, header: string): Column<Margin> => ({
  id,
  header,
  align: 'right',
  cell: (row) => formatMoney(row[id], row.currency),
})

const columns: Column<Margin>[] = [
  {
    id: 'name',
    header: fields.name,
    sort: 'name',
    card: 'title',
    cell: (row) => <Name row={row} />,
  },
  { id: 'client', header: fields.client, cell: (row) => row.client_name, card: 'hidden' },
  { id: 'hours', header: fields.hours, align: 'right', cell: (row) => formatQuantity(row.hours) },
  amount('revenue_billed', fields.billed),
  amount('revenue_unbilled', fields.unbilled),
  amount('labor_cost', fields.labor),
  amount('expense_cost', fields.expenses),
  {
    id: 'margin',
    header: fields.margin,
    align: 'right',
    cell: (row) => (
      <Text span inherit fw={600} c={isLoss(row) ? 'var(--mantine-color-error)' : undefined}>
        {formatMoney(row.margin, row.currency)}
      </Text>
    ),
  },
  {
    id: 'margin_percent',
    header: fields.percent,
    align: 'right',
    cell: (row) => (row.margin_percent === null ? '—' : formatPercent(row.margin_percent)),
  },
  {
    id: 'incomplete',
    header: fields.incomplete,
    cell: (row) => (
      <Text span size="xs" c="dimmed">
        {row.incomplete.join(' ')}
      </Text>
    ),
  },
]

const isLoss = (row: Margin) => row.margin !== null && compareDecimals(row.margin, '0') < 0

function Name({ row }: { row: Margin }) {
  const look = { fw: 550, 'data-row-link': true } as const
  if (row.work_order_id)
    return (
      <TextLink to="/work-orders/$workOrderId" params={{ workOrderId: row.work_order_id }} {...look}>
        {row.name}
      </TextLink>
    )
  if (row.agreement_id)
    return (
      <TextLink to="/agreements/$agreementId" params={{ agreementId: row.agreement_id }} {...look}>
        {row.name}
      </TextLink>
    )
  return (
    <TextLink to="/clients/$clientId" params={{ clientId: row.client_id }} {...look}>
      {row.name}
    </TextLink>
  )
}

const filters: Filter[] = [
  {
    key: 'by',
    label: fields.by,
    options: Object.entries(words.by).map(([value, label]) => ({ value, label })),
  },
  clientFilter,
  { key: 'worked_on_gte', label: fields.from, Field: DayFilter },
  { key: 'worked_on_lte', label: fields.until, Field: DayFilter },
]
const byDefault = { by: 'client' }
const EXPORTED = ['sort', ...filters.map((filter) => filter.key)]

/** Amounts of two currencies have no common scale: the chart has the rows in the currency of the first. */
function chartOf(all: Margin[]): ChartProps<Margin> | null {
  const currency = all.find((row) => row.margin !== null)?.currency
  if (!currency) return null
  const rows = all.filter((row) => row.margin !== null && row.currency === currency)
  return {
    title: words.chart(currency),
    rows,
    category: { header: fields.name, label: (row) => row.name },
    series: [
      { name: fields.labor, color: 'gray-5', value: (row) => row.labor_cost ?? '0' },
      { name: fields.expenses, color: 'yellow-6', value: (row) => row.expense_cost ?? '0' },
      { name: fields.margin, color: 'teal-7', value: (row) => row.margin ?? '0' },
    ],
    format: (value) => formatMoney(value, currency),
  }
}

export function MarginReport() {
  return (
    <>
      <ReportHead
        words={words}
        csv="/api/v1/reports/margin.csv"
        pdf="/api/v1/reports/margin.pdf"
        keys={EXPORTED}
      />
      <DataTable
        label={words.title}
        queryKey={marginKey}
        fetchPage={fetchMargin}
        columns={columns}
        rowName={(row) => row.name}
        defaultSort="name"
        filters={filters}
        defaultFilters={byDefault}
        summary={(question) => (
          <TopChart
            queryKey={marginKey}
            fetchPage={fetchMargin}
            question={question}
            sort="name"
            chartOf={chartOf}
          />
        )}
        empty={words.empty}
      />
    </>
  )
}
