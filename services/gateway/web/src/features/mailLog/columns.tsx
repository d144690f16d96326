import { Badge, Text } from '@mantine/core'
import { formatInstant } from '@/shared/dates'
import { mailLog as words } from '@/shared/i18n/en/mailLog'
import { TextLink } from '@/shared/Link'
import type { Column } from '@/shared/table/types'
import type { Mail } from './queries'

const { fields } = words
const colors: Record<string, string> = { sent: 'evergreen', failed: 'red', queued: 'blue', sending: 'blue' }

export function MailStatus({ status }: { status: string }) {
  return <Badge color={colors[status] ?? 'gray'}>{words.statuses[status] ?? status}</Badge>
}

export function MailClient({ mail }: { mail: Pick<Mail, 'client_id' | 'client_name'> }) {
  if (!mail.client_id) return mail.client_name || '—'
  return (
    <TextLink to="/clients/$clientId" params={{ clientId: mail.client_id }} fz="sm">
      {mail.client_name}
    </TextLink>
  )
}

export const mailColumns: Column<Mail>[] = [
  {
    id: 'subject',
    header: fields.subject,
    sort: 'subject',
    card: 'title',
    cell: (mail) => (
      <TextLink
        to="/notifications/$notificationId"
        params={{ notificationId: mail.id }}
        fw={550}
        data-row-link
      >
        {mail.subject}
      </TextLink>
    ),
  },
  {
    id: 'status',
    header: fields.status,
    card: 'corner',
    width: '6.5rem',
    cell: (mail) => <MailStatus status={mail.status} />,
  },
  {
    id: 'recipient',
    header: fields.recipient,
    sort: 'recipient',
    cell: (mail) => mail.recipient || words.noRecipient,
  },
  { id: 'client', header: fields.client, cell: (mail) => <MailClient mail={mail} /> },
  {
    id: 'event',
    header: fields.event,
    optional: true,
    cell: (mail) => words.events[mail.event_type] ?? mail.event_type,
  },
  {
    id: 'attempts',
    header: fields.attempts,
    align: 'right',
    width: '6rem',
    cell: (mail) => <span className="num">{mail.attempts}</span>,
  },
  {
    id: 'last_error',
    header: fields.last_error,
    cell: (mail) =>
      mail.last_error ? (
        <Text
          span
          size="sm"
          c={mail.status === 'failed' ? 'var(--mantine-color-error)' : 'dimmed'}
          lineClamp={2}
        >
          {mail.last_error}
        </Text>
      ) : (
        '—'
      ),
  },
  {
    id: 'created_at',
    header: fields.created_at,
    sort: 'created_at',
    width: '12rem',
    cell: (mail) => <span className="num">{formatInstant(mail.created_at)}</span>,
  },
  {
    id: 'sent_at',
    header: fields.sent_at,
    optional: true,
    cell: (mail) => <span className="num">{formatInstant(mail.sent_at)}</span>,
  },
]
