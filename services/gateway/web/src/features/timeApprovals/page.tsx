/** The queue of time that waits for approval: approve or return singly, in bulk, or all that match. */
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import { formatDate } from '@/shared/dates'
import { timeApprovals as words } from '@/shared/i18n/en/timeApprovals'
import { workOrders } from '@/shared/i18n/en/workOrders'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { formatQuantity } from '@/shared/money'
import { PageHeader } from '@/shared/PageHeader'
import { DataTable } from '@/shared/table/DataTable'
import { DayFilter } from '@/shared/table/FilterField'
import type { BulkAction, BulkTarget, Column, Filter } from '@/shared/table/types'
import { approvalsKey, approve, type Entry, fetchEntries } from './queries'
import { TimeSections } from './sections'
import { ApprovalState } from './state'

const ReturnDialog = lazyPart(async () => (await import('./returnDialog')).ReturnDialog)

const { time, fields } = workOrders
const filters: Filter[] = [
  {
    key: 'approval',
    label: words.state,
    options: Object.entries(words.states).map(([value, label]) => ({ value, label })),
  },
  clientFilter,
  { key: 'worked_on_gte', label: words.from, Field: DayFilter },
  { key: 'worked_on_lte', label: words.until, Field: DayFilter },
]

const columns: Column<Entry>[] = [
  {
    id: 'subject',
    header: fields.subject!,
    card: 'title',
    cell: (entry) => (
      <TextLink
        to="/work-orders/$workOrderId"
        params={{ workOrderId: entry.work_order_id }}
        fw={550}
        fz="sm"
        data-row-link
      >
        {entry.work_order_subject}
      </TextLink>
    ),
  },
  { id: 'client', header: fields.client!, cell: (entry) => entry.client_name ?? '—' },
  { id: 'technician', header: time.technician, cell: (entry) => entry.technician_name ?? '—' },
  {
    id: 'worked_on',
    header: time.worked_on,
    sort: 'worked_on',
    cell: (entry) => <span className="num">{formatDate(entry.worked_on)}</span>,
  },
  { id: 'service', header: time.service, cell: (entry) => entry.service_name ?? '—' },
  { id: 'note', header: time.note, cell: (entry) => entry.note ?? '—' },
  { id: 'hours', header: time.worked, align: 'right', cell: (entry) => formatQuantity(entry.hours!) },
  {
    id: 'billable_hours',
    header: time.toBill,
    align: 'right',
    cell: (entry) => formatQuantity(entry.billable_hours),
  },
  { id: 'approval', header: words.state, cell: (entry) => <ApprovalState entry={entry} /> },
]

export function TimeApprovals() {
  const [returned, setReturned] = useState<BulkTarget | null>(null)
  const bulk = useMemo<BulkAction<Entry>[]>(
    () => [
      {
        label: words.approve,
        icon: <IconCheck size={14} />,
        appliesTo: (entry) => entry.approval !== 'approved',
        runAll: approve,
        done: words.approved,
      },
      {
        label: words.return,
        icon: <IconArrowBackUp size={14} />,
        appliesTo: (entry) => entry.approval !== 'returned',
        prepare: setReturned,
      },
    ],
    [],
  )
  return (
    <>
      <PageHeader title={words.title} />
      <TimeSections />
      <DataTable
        label={words.table}
        queryKey={approvalsKey}
        fetchPage={fetchEntries}
        columns={columns}
        rowName={(entry) => time.entry(formatQuantity(entry.hours!), formatDate(entry.worked_on))}
        defaultSort="worked_on"
        searchLabel={words.search}
        filters={filters}
        defaultFilters={{ approval: 'pending' }}
        bulk={bulk}
        empty={words.empty}
      />
      {returned && <ReturnDialog target={returned} onClose={() => setReturned(null)} />}
    </>
  )
}
