import { Badge, Button, Text } from '@mantine/core'
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import { WorkSections } from '@/features/workOrders/sections'
import { formatDate } from '@/shared/dates'
import { common } from '@/shared/i18n/en/common'
import { recurringOrders as words } from '@/shared/i18n/en/recurringOrders'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { EditLink } from '@/shared/table/EditLink'
import { RowMenu } from '@/shared/table/RowMenu'
import type { Column, Filter } from '@/shared/table/types'
import {
  deleteRecurring,
  fetchRecurring,
  pauseRecurring,
  type Recurring,
  recurringKey,
  resumeRecurring,
} from './queries'

const RecurringDialog = lazyPart(async () => (await import('./dialog')).RecurringDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)

const { fields } = words
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }
const SHOWN = 3
const COLORS: Record<string, string> = { active: 'evergreen', paused: 'yellow', ended: 'gray' }
const filters: Filter[] = [
  clientFilter,
  {
    key: 'status',
    label: fields.status!,
    options: Object.entries(words.status).map(([value, label]) => ({ value, label })),
  },
]
const nameOf = (one: Recurring) => one.subject ?? one.template_subject

export function RecurringOrderList() {
  const mayWrite = useMay('work.setup')
  const [edited, setEdited] = useState<Recurring | 'new' | null>(null)
  const columns = useMemo(() => columnsFor(mayWrite ? setEdited : null), [mayWrite])
  const add = mayWrite && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setEdited('new')}>
      {words.new}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.title}>{add}</PageHeader>
      <WorkSections />
      <DataTable
        label={words.title}
        queryKey={recurringKey}
        fetchPage={fetchRecurring}
        columns={columns}
        rowName={nameOf}
        defaultSort="-created_at"
        filters={filters}
        empty={{ ...words.empty, action: add || undefined }}
      />
      {edited && (
        <RecurringDialog recurring={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  )
}

function columnsFor(onEdit: ((one: Recurring) => void) | null): Column<Recurring>[] {
  const columns: Column<Recurring>[] = [
    {
      id: 'subject',
      header: fields.subject!,
      card: 'title',
      cell: (one) => (
        <div>
          <EditLink onEdit={onEdit && (() => onEdit(one))}>{nameOf(one)}</EditLink>
          <Text size="xs" c="dimmed">
            {one.template_name}
          </Text>
          {one.problem && (
            <Text size="xs" c="var(--mantine-color-error)" maw="30rem">
              {words.waits} {one.problem}
            </Text>
          )}
        </div>
      ),
    },
    {
      id: 'client',
      header: fields.client!,
      cell: (one) => (
        <TextLink to="/clients/$clientId" params={{ clientId: one.client_id }} fz="sm">
          {one.client_name ?? one.client_id}
        </TextLink>
      ),
    },
    { id: 'rhythm', header: fields.rhythm!, cell: ({ every, unit }) => words.rhythm(every, unit) },
    { id: 'next', header: fields.next!, cell: (one) => <NextDates dates={one.next_dates} /> },
    {
      id: 'last',
      header: fields.last!,
      width: '8rem',
      cell: (one) =>
        one.last_order_id ? (
          <TextLink to="/work-orders/$workOrderId" params={{ workOrderId: one.last_order_id }} fz="sm">
            {one.last_order_number}
          </TextLink>
        ) : (
          '—'
        ),
    },
    { id: 'technician', header: fields.technician_id!, cell: (one) => one.technician_name ?? '—' },
    {
      id: 'status',
      header: fields.status!,
      card: 'corner',
      width: '7rem',
      cell: ({ status }) => <Badge color={COLORS[status] ?? 'gray'}>{words.status[status] ?? status}</Badge>,
    },
  ]
  if (onEdit)
    columns.push({
      id: 'actions',
      header: common.actions,
      bare: true,
      card: 'corner',
      align: 'right',
      width: '3rem',
      cell: (one) => <RecurringMenu recurring={one} onEdit={() => onEdit(one)} />,
    })
  return columns
}

function NextDates({ dates }: { dates: string[] }) {
  if (dates.length === 0) return <>{words.none}</>
  return (
    <span className="num">
      {dates.slice(0, SHOWN).map(formatDate).join(', ')}
      {dates.length > SHOWN && ' …'}
    </span>
  )
}

function RecurringMenu({ recurring, onEdit }: { recurring: Recurring; onEdit: () => void }) {
  const queries = useQueryClient()
  const [deleting, setDeleting] = useState(false)
  const keep = () => queries.invalidateQueries({ queryKey: recurringKey })
  const name = nameOf(recurring)

  async function toggle() {
    try {
      await (recurring.status === 'paused' ? resumeRecurring(recurring) : pauseRecurring(recurring))
      notifyDone(recurring.status === 'paused' ? words.resumed(name) : words.paused(name))
    } catch (error) {
      notifyError(error)
    }
    keep()
  }

  const paused = recurring.status === 'paused'
  const items = [
    { label: common.edit, icon: <IconPencil {...icon} />, onClick: onEdit },
    ...(recurring.status === 'ended'
      ? []
      : [
          {
            label: paused ? words.resume : words.pause,
            icon: paused ? <IconPlayerPlay {...icon} /> : <IconPlayerPause {...icon} />,
            onClick: toggle,
          },
        ]),
    { label: common.delete, icon: <IconTrash {...icon} />, danger: true, onClick: () => setDeleting(true) },
  ]
  return (
    <>
      <RowMenu label={common.actionsOf(name)} items={items} />
      {deleting && (
        <DeleteDialog
          name={name}
          text={words.deleteText}
          remove={() => deleteRecurring(recurring)}
          onGone={keep}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
