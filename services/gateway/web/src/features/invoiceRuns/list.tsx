import { Badge } from '@mantine/core'
import { IconFileInvoice } from '@tabler/icons-react'
import { formatDate, formatInstant } from '@/shared/dates'
import { invoiceRuns as words } from '@/shared/i18n/en/invoiceRuns'
import { ButtonLink, TextLink } from '@/shared/Link'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { Column, Filter } from '@/shared/table/types'
import { fetchRuns, type RunRow, runsKey } from './queries'

const { fields } = words
const choices = (texts: Record<string, string>) =>
  Object.entries(texts).map(([value, label]) => ({ value, label }))
const filters: Filter[] = [
  { key: 'dry_run', label: fields.kind, options: choices(words.kinds) },
  { key: 'status', label: fields.status, options: choices(words.statuses) },
]
/** Previews change nothing: they are listed when asked for. */
const byDefault = { dry_run: 'false' }
const colors: Record<string, string> = {
  succeeded: 'evergreen',
  failed: 'red',
  running: 'blue',
  cancelled: 'gray',
}

const count = (name: string) => (run: RunRow) => (
  <span className="num">{(run.counts[name] ?? 0).toLocaleString('en-US')}</span>
)

const columns: Column<RunRow>[] = [
  {
    id: 'started_at',
    header: fields.started_at,
    sort: 'started_at',
    card: 'title',
    cell: (run) => (
      <TextLink to="/invoice-runs/$runId" params={{ runId: run.id }} fw={550} className="num" data-row-link>
        {formatInstant(run.started_at)}
      </TextLink>
    ),
  },
  { id: 'as_of', header: fields.as_of, cell: (run) => <span className="num">{formatDate(run.as_of)}</span> },
  { id: 'kind', header: fields.kind, cell: (run) => words.kinds[String(run.dry_run)] },
  {
    id: 'status',
    header: fields.status,
    card: 'corner',
    cell: (run) => <Badge color={colors[run.status] ?? 'gray'}>{words.statuses[run.status]}</Badge>,
  },
  { id: 'clients', header: fields.clients, align: 'right', cell: count('clients') },
  { id: 'invoices', header: fields.invoices, align: 'right', cell: count('invoices') },
  { id: 'parked', header: fields.parked, align: 'right', cell: count('parked') },
]

export function RunList() {
  const mayWrite = useMay('invoices.write')
  const start = mayWrite && (
    <ButtonLink to="/invoice-runs/new" leftSection={<IconFileInvoice aria-hidden size={15} />}>
      {words.start}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader title={words.title}>{start}</PageHeader>
      <DataTable
        label={words.title}
        queryKey={runsKey}
        fetchPage={fetchRuns}
        columns={columns}
        rowName={(run) => words.runOf(formatDate(run.as_of))}
        defaultSort="-started_at"
        filters={filters}
        defaultFilters={byDefault}
        empty={{ ...words.empty, action: start || undefined }}
      />
    </>
  )
}
