import { Badge, Text } from '@mantine/core'
import { clientFilter } from '@/features/clients/clientFilter'
import { formatDate } from '@/shared/dates'
import { reports } from '@/shared/i18n/en/reports'
import { TextLink } from '@/shared/Link'
import { formatPercent, formatQuantity } from '@/shared/money'
import { DataTable } from '@/shared/table/DataTable'
import { DayFilter } from '@/shared/table/FilterField'
import type { Column, Filter } from '@/shared/table/types'
import { ReportHead } from './head'
import { fetchUtilization, type Use, utilizationKey } from './queries'

const words = reports.utilization
const { fields } = words
const levels: Record<string, string> = { yellow: 'yellow', red: 'red' }

const hours = (value: string | null) => (value === null ? '—' : formatQuantity(value))

const columns: Column<Use>[] = [
  {
    id: 'name',
    header: fields.name,
    sort: 'name',
    card: 'title',
    cell: ({ agreement, service }) =>
      service ? (
        <Text span pl="md" size="sm">
          {service.name}
        </Text>
      ) : (
        <TextLink to="/agreements/$agreementId" params={{ agreementId: agreement.id }} fw={550} data-row-link>
          {agreement.name}
        </TextLink>
      ),
  },
  {
    id: 'client',
    header: fields.client,
    cell: ({ agreement, service }) => (service ? null : agreement.client_name),
  },
  {
    id: 'hours_allocated',
    header: fields.allocated,
    align: 'right',
    cell: (row) => hours(row.hours_allocated),
  },
  { id: 'hours_used', header: fields.used, align: 'right', cell: (row) => hours(row.hours_used) },
  {
    id: 'hours_remaining',
    header: fields.remaining,
    align: 'right',
    cell: (row) => hours(row.hours_remaining),
  },
  {
    id: 'used_percent',
    header: fields.usedPercent,
    align: 'right',
    cell: (row) => (row.used_percent === null ? '—' : formatPercent(row.used_percent)),
  },
  {
    id: 'remaining_level',
    header: fields.warning,
    card: 'corner',
    cell: ({ remaining_level: level }) =>
      level && levels[level] ? <Badge color={levels[level]}>{words.levels[level]}</Badge> : null,
  },
  {
    id: 'projected_exhaustion',
    header: fields.exhaustion,
    cell: (row) => (row.projected_exhaustion ? formatDate(row.projected_exhaustion) : words.never),
  },
  {
    id: 'hours_in_range',
    header: fields.inRange,
    align: 'right',
    cell: (row) => hours(row.hours_in_range),
  },
]

const filters: Filter[] = [
  clientFilter,
  { key: 'worked_on_gte', label: fields.from, Field: DayFilter },
  { key: 'worked_on_lte', label: fields.until, Field: DayFilter },
]
const EXPORTED = ['q', 'sort', ...filters.map((filter) => filter.key)]

export function UtilizationReport() {
  return (
    <>
      <ReportHead
        words={words}
        csv="/api/v1/reports/agreement-utilisation.csv"
        pdf="/api/v1/reports/agreement-utilisation.pdf"
        keys={EXPORTED}
      />
      <DataTable
        label={words.title}
        queryKey={utilizationKey}
        fetchPage={fetchUtilization}
        columns={columns}
        rowName={(row) => row.service?.name ?? row.agreement.name}
        defaultSort="name"
        searchLabel={words.search}
        filters={filters}
        empty={words.empty}
      />
    </>
  )
}
