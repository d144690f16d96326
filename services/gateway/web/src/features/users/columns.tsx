import { Badge, Text } from '@mantine/core'
import { formatInstant } from '@/shared/dates'
import { users as words } from '@/shared/i18n/en/administration'
import { common } from '@/shared/i18n/en/common'
import { TextLink } from '@/shared/Link'
import { EditLink } from '@/shared/table/EditLink'
import type { Column } from '@/shared/table/types'
import type { User } from './queries'

const { fields } = words

export function UserStatus({ status }: { status: string }) {
  return <Badge color={status === 'active' ? 'evergreen' : 'gray'}>{words.statuses[status] ?? status}</Badge>
}

type Acts = { me: string | undefined; edit: (user: User) => void; mayEdit: (user: User) => boolean }

export function userColumns({ me, edit, mayEdit }: Acts): Column<User>[] {
  return [
    {
      id: 'name',
      header: fields.name,
      sort: 'name',
      card: 'title',
      cell: (user) => (
        <>
          <EditLink onEdit={mayEdit(user) ? () => edit(user) : null}>{user.name}</EditLink>
          {user.id === me && (
            <Text span size="xs" c="dimmed" ml={6}>
              {words.you}
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'status',
      header: fields.status,
      card: 'corner',
      width: '7rem',
      cell: (user) => <UserStatus status={user.status} />,
    },
    { id: 'email', header: fields.email, sort: 'email', cell: (user) => user.email },
    { id: 'role', header: fields.role, sort: 'role', cell: (user) => common.roles[user.role] ?? user.role },
    {
      id: 'client',
      header: fields.client,
      cell: (user) =>
        user.client_id ? (
          <TextLink to="/clients/$clientId" params={{ clientId: user.client_id }} fz="sm">
            {user.client_name}
          </TextLink>
        ) : (
          '—'
        ),
    },
    {
      id: 'last_login_at',
      header: fields.last_login_at,
      width: '12rem',
      cell: (user) => (
        <span className="num">{user.last_login_at ? formatInstant(user.last_login_at) : words.never}</span>
      ),
    },
    {
      id: 'created_at',
      header: fields.created_at,
      sort: 'created_at',
      optional: true,
      cell: (user) => <span className="num">{formatInstant(user.created_at)}</span>,
    },
  ]
}
