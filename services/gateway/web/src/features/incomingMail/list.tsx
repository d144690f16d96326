import { Badge, Text } from '@mantine/core'
import { IconFileText, IconTrash, IconUserPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { WorkSections } from '@/features/workOrders/sections'
import { formatInstant } from '@/shared/dates'
import { common } from '@/shared/i18n/en/common'
import { incomingMail as words } from '@/shared/i18n/en/incomingMail'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { DataTable } from '@/shared/table/DataTable'
import { RowMenu } from '@/shared/table/RowMenu'
import type { Column, Filter } from '@/shared/table/types'
import { MailboxState } from './mailboxState'
import { discardEmail, fetchIncomingMail, type IncomingEmail, incomingMailKey } from './queries'

const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)
const AssignDialog = lazyPart(async () => (await import('./assignDialog')).AssignDialog)

const { fields } = words
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }
const COLORS: Record<string, string> = {
  unmatched: 'yellow',
  order: 'evergreen',
  note: 'blue',
  refused: 'red',
}
const filters: Filter[] = [
  {
    key: 'status',
    label: fields.status,
    options: Object.entries(words.statuses).map(([value, label]) => ({ value, label })),
  },
]
const nameOf = (email: IncomingEmail) => email.subject || words.noSubject
const stored = (email: IncomingEmail) => email.status !== 'refused'

const columns: Column<IncomingEmail>[] = [
  {
    id: 'subject',
    header: fields.subject,
    card: 'title',
    cell: (email) => (
      <div>
        <Text size="sm" fw={550}>
          {nameOf(email)}
        </Text>
        <Text size="xs" c="dimmed" lineClamp={2} maw="34rem">
          {email.text}
        </Text>
        {email.reason && (
          <Text size="xs" maw="34rem">
            {email.reason}
          </Text>
        )}
      </div>
    ),
  },
  {
    id: 'sender',
    header: fields.sender,
    cell: ({ sender, sender_name }) => (
      <div>
        {sender_name && <Text size="sm">{sender_name}</Text>}
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {sender}
        </Text>
      </div>
    ),
  },
  {
    id: 'order',
    header: fields.order,
    width: '8rem',
    cell: ({ work_order_id, work_order_number }) =>
      work_order_id ? (
        <TextLink to="/work-orders/$workOrderId" params={{ workOrderId: work_order_id }} fz="sm">
          {work_order_number}
        </TextLink>
      ) : (
        '—'
      ),
  },
  {
    id: 'status',
    header: fields.status,
    card: 'corner',
    width: '9rem',
    cell: ({ status }) => <Badge color={COLORS[status] ?? 'gray'}>{words.statuses[status] ?? status}</Badge>,
  },
  {
    id: 'created_at',
    header: fields.received,
    sort: 'created_at',
    width: '12rem',
    cell: ({ created_at }) => <span className="num">{formatInstant(created_at)}</span>,
  },
  {
    id: 'actions',
    header: common.actions,
    bare: true,
    card: 'corner',
    align: 'right',
    width: '3rem',
    cell: (email) => stored(email) && <EmailMenu email={email} />,
  },
]

export function IncomingMail() {
  return (
    <>
      <PageHeader title={words.title} />
      <WorkSections />
      <MailboxState />
      <DataTable
        label={words.title}
        queryKey={incomingMailKey}
        fetchPage={fetchIncomingMail}
        columns={columns}
        rowName={nameOf}
        defaultSort="-created_at"
        filters={filters}
        empty={words.empty}
      />
    </>
  )
}

function EmailMenu({ email }: { email: IncomingEmail }) {
  const queries = useQueryClient()
  const [asked, setAsked] = useState<'assign' | 'discard' | null>(null)
  const close = () => setAsked(null)

  async function discard() {
    close()
    try {
      await discardEmail(email)
      notifyDone(words.discarded)
    } catch (error) {
      notifyError(error)
    }
    queries.invalidateQueries({ queryKey: incomingMailKey })
  }

  const open = () => window.open(`/api/v1/incoming-emails/${email.id}/original`, '_blank', 'noreferrer')
  const sorting = [
    { label: words.assign, icon: <IconUserPlus {...icon} />, onClick: () => setAsked('assign') },
    { label: words.discard, icon: <IconTrash {...icon} />, danger: true, onClick: () => setAsked('discard') },
  ]
  const items = [
    ...(email.status === 'unmatched' ? sorting : []),
    { label: words.original, icon: <IconFileText {...icon} />, onClick: open },
  ]
  return (
    <>
      <RowMenu label={common.actionsOf(nameOf(email))} items={items} />
      {asked === 'assign' && <AssignDialog email={email} onClose={close} />}
      {asked === 'discard' && (
        <ConfirmDialog
          title={words.discardTitle}
          text={words.discardText}
          action={words.discard}
          onConfirm={discard}
          onClose={close}
        />
      )}
    </>
  )
}
