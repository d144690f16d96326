/** The time of one work order, which can be corrected and deleted until it is invoiced. */
import { Text } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApprovalState } from '@/features/timeApprovals/state'
import { formatDate, timeIn } from '@/shared/dates'
import { common } from '@/shared/i18n/en/common'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { lazyPart } from '@/shared/lazyPart'
import { formatQuantity } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay, useUser } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { RowMenu } from '@/shared/table/RowMenu'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { Changes, Checks } from './cost'
import {
  deletionQuery,
  refreshWork,
  removeEntry,
  type TimeEntry,
  timeOfOrder,
  type WorkOrder,
} from './queries'
import classes from './work.module.css'

const TimeDialog = lazyPart(async () => (await import('./timeDialog')).TimeDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)

const { time: texts } = words
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function TimeTable({ order }: { order: WorkOrder }) {
  const query = useQuery(timeOfOrder(order.id))
  const mayWrite = useMay('time.write')
  const [corrected, setCorrected] = useState<TimeEntry | null>(null)
  const [deleted, setDeleted] = useState<TimeEntry | null>(null)
  return (
    <Section title={texts.title} flush>
      {query.isPending ? (
        <RowsSkeleton rows={3} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Text size="sm" c="dimmed" p="md">
          {texts.none}
        </Text>
      ) : (
        <SmallTable
          label={texts.title}
          columns={columnsOf(mayWrite, setCorrected, setDeleted)}
          rows={query.data.items}
          rowKey={(entry) => entry.id}
        />
      )}
      {corrected && <TimeDialog order={order} entry={corrected} onClose={() => setCorrected(null)} />}
      {deleted && <DeleteTime entry={deleted} onClose={() => setDeleted(null)} />}
    </Section>
  )
}

function DeleteTime({ entry, onClose }: { entry: TimeEntry; onClose: () => void }) {
  const queries = useQueryClient()
  const changes = useQuery(deletionQuery(entry)).data?.items ?? []
  return (
    <DeleteDialog
      name={nameOf(entry)}
      text={texts.deleteText}
      remove={() => removeEntry(entry)}
      onGone={() => refreshWork(queries)}
      onClose={onClose}
    >
      <Changes changes={changes} />
    </DeleteDialog>
  )
}

const nameOf = (entry: TimeEntry) => texts.entry(formatQuantity(entry.hours), formatDate(entry.worked_on))

function columnsOf(
  mayWrite: boolean,
  onCorrect: (entry: TimeEntry) => void,
  onDelete: (entry: TimeEntry) => void,
): SmallColumn<TimeEntry>[] {
  return [
    { header: texts.worked_on, cell: (entry) => <When entry={entry} /> },
    { header: texts.technician, cell: (entry) => entry.technician_name ?? '—' },
    { header: texts.service, cell: (entry) => entry.service_name ?? '—' },
    { header: texts.note, cell: (entry) => <Note entry={entry} /> },
    { header: texts.worked, align: 'right', cell: (entry) => formatQuantity(entry.worked_hours) },
    { header: texts.billed, align: 'right', cell: (entry) => formatQuantity(entry.billed_hours) },
    { header: texts.covered, align: 'right', cell: (entry) => formatQuantity(entry.covered_hours) },
    { header: texts.toBill, align: 'right', cell: (entry) => formatQuantity(entry.billable_hours) },
    { header: texts.invoice, cell: (entry) => entry.invoice_number ?? '—' },
    ...(mayWrite
      ? [
          {
            header: texts.actions,
            cell: (entry: TimeEntry) => <Menu entry={entry} onCorrect={onCorrect} onDelete={onDelete} />,
          },
        ]
      : []),
  ]
}

/** The day, with start and end in the MSP's time zone if they were logged. */
function When({ entry }: { entry: TimeEntry }) {
  const zone = useUser()?.time_zone ?? 'UTC'
  return (
    <span className="num">
      {formatDate(entry.worked_on)}
      {entry.started_at && entry.ended_at && (
        <Text component="span" size="xs" c="dimmed" display="block">
          {texts.times(timeIn(zone, entry.started_at), timeIn(zone, entry.ended_at))}
        </Text>
      )}
    </span>
  )
}

function Note({ entry }: { entry: TimeEntry }) {
  return (
    <>
      <span className={classes.body}>{entry.note ?? '—'}</span> <ApprovalState entry={entry} />
      {entry.coverage_checks.length > 0 && (
        <details className={classes.why}>
          <summary>{words.checks.title}</summary>
          <Checks checks={entry.coverage_checks} />
        </details>
      )}
    </>
  )
}

type MenuProps = {
  entry: TimeEntry
  onCorrect: (entry: TimeEntry) => void
  onDelete: (entry: TimeEntry) => void
}

function Menu({ entry, onCorrect, onDelete }: MenuProps) {
  const refused = entry.invoice_number ? texts.onInvoice(entry.invoice_number) : undefined
  return (
    <RowMenu
      label={common.actionsOf(nameOf(entry))}
      items={[
        { label: common.edit, icon: <IconPencil {...icon} />, refused, onClick: () => onCorrect(entry) },
        {
          label: common.delete,
          icon: <IconTrash {...icon} />,
          danger: true,
          refused,
          onClick: () => onDelete(entry),
        },
      ]}
    />
  )
}
