import { clientFilter } from '@/features/clients/clientFilter'
import type { ChartProps } from '@/shared/charts/types'
import { reports } from '@/shared/i18n/en/reports'
import { formatPercent, formatQuantity } from '@/shared/money'
import { DataTable } from '@/shared/table/DataTable'
import { DayFilter } from '@/shared/table/FilterField'
import type { Column, Filter } from '@/shared/table/types'
import { ReportHead } from './head'
import { fetchTechnicianTime, type TechnicianTime, technicianTimeKey } from './queries'
import { TopChart } from './topChart'

const words = reports.technicianTime
const { fields } = words

const nameOf = (row: TechnicianTime) => row.technician_name || words.unnamed

type Hours = 'client_hours' | 'covered_hours' | 'billable_hours' | 'other_hours' | 'waiting_hours'

const hours = (id: Hours, header: string, optional = false): Column<TechnicianTime> => ({
  id,
  header,
  optional,
  align: 'right',
  cell: (row) => formatQuantity(row[id]),
})

const columns: Column<TechnicianTime>[] = [
  { id: 'name', header: fields.technician, sort: 'name', card: 'title', cell: nameOf },
  {
    id: 'hours',
    header: fields.hours,
    sort: 'hours',
    align: 'right',
    cell: (row) => <strong>{formatQuantity(row.hours)}</strong>,
  },
  hours('client_hours', fields.clientHours),
  {
    id: 'client_percent',
    header: fields.clientPercent,
    align: 'right',
    cell: (row) => (row.client_percent === null ? '—' : formatPercent(row.client_percent)),
  },
  hours('covered_hours', fields.covered),
  hours('billable_hours', fields.billable),
  hours('other_hours', fields.other),
  hours('waiting_hours', fields.waiting),
  { id: 'entries', header: fields.entries, align: 'right', optional: true, cell: (row) => row.entries },
  { id: 'days', header: fields.days, align: 'right', cell: (row) => row.days },
  {
    id: 'hours_per_day',
    header: fields.perDay,
    align: 'right',
    cell: (row) => (row.hours_per_day === null ? '—' : formatQuantity(row.hours_per_day)),
  },
]

const filters: Filter[] = [
  clientFilter,
  { key: 'worked_on_gte', label: fields.from, Field: DayFilter },
  { key: 'worked_on_lte', label: fields.until, Field: DayFilter },
]
const EXPORTED = ['q', 'sort', ...filters.map((filter) => filter.key)]

const chartOf = (rows: TechnicianTime[]): ChartProps<TechnicianTime> => ({
  title: words.chart,
  rows,
  category: { header: fields.technician, label: nameOf },
  series: [
    { name: fields.clientHours, color: 'teal-7', value: (row) => row.client_hours },
    { name: fields.other, color: 'gray-5', value: (row) => row.other_hours },
  ],
  format: formatQuantity,
})

export function TechnicianTimeReport() {
  return (
    <>
      <ReportHead
        words={words}
        csv="/api/v1/reports/technician-time.csv"
        pdf="/api/v1/reports/technician-time.pdf"
        keys={EXPORTED}
      />
      <DataTable
        label={words.title}
        queryKey={technicianTimeKey}
        fetchPage={fetchTechnicianTime}
        columns={columns}
        rowName={nameOf}
        defaultSort="name"
        searchLabel={words.search}
        filters={filters}
        summary={(question) => (
          <TopChart
            queryKey={technicianTimeKey}
            fetchPage={fetchTechnicianTime}
            question={question}
            sort="-hours"
            chartOf={chartOf}
          />
        )}
        empty={words.empty}
      />
    </>
  )
}
