import { ApprovalState } from '@/features/timeApprovals/state'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { TextLink } from '@/shared/Link'
import { formatQuantity } from '@/shared/money'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import type { SheetEntry } from './queries'

const { time } = words

const columns: SmallColumn<SheetEntry>[] = [
  {
    header: words.fields.subject!,
    cell: (entry) => (
      <TextLink to="/work-orders/$workOrderId" params={{ workOrderId: entry.work_order_id }} fz="sm">
        {entry.work_order_subject}
      </TextLink>
    ),
  },
  { header: words.fields.client!, cell: (entry) => entry.client_name ?? '—' },
  { header: time.service, cell: (entry) => entry.service_name ?? '—' },
  {
    header: time.note,
    cell: (entry) => (
      <>
        {entry.note ?? '—'} <ApprovalState entry={entry} />
      </>
    ),
  },
  { header: time.worked, align: 'right', cell: (entry) => formatQuantity(entry.hours) },
]

/** The entries of one day. */
export function Entries({ label, entries }: { label: string; entries: SheetEntry[] }) {
  return <SmallTable label={label} columns={columns} rows={entries} rowKey={(entry) => entry.id} />
}
