/** Who may sign in, and as what. */
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import { users as words } from '@/shared/i18n/en/administration'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { useUser } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { Column, Filter } from '@/shared/table/types'
import { userColumns } from './columns'
import { fetchUsers, rolesQuery, type User, usersKey } from './queries'
import { AdministrationSections } from './sections'
import { UserMenu } from './userMenu'

const UserDialog = lazyPart(async () => (await import('./userDialog')).UserDialog)

const choices = (texts: Record<string, string>) =>
  Object.entries(texts).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  { key: 'role', label: words.fields.role, options: choices(common.roles) },
  { key: 'status', label: words.fields.status, options: choices(words.statuses) },
  clientFilter,
]

export function UserList() {
  const me = useUser()
  const roles = useQuery(rolesQuery).data?.items
  const [opened, setOpened] = useState<{ user: User | null } | null>(null)
  const columns = useMemo<Column<User>[]>(() => {
    const mayEdit = (user: User) => roles?.find((role) => role.name === user.role)?.manageable ?? false
    const edit = (user: User) => setOpened({ user })
    return [
      ...userColumns({ me: me?.id, edit, mayEdit }),
      {
        id: 'actions',
        header: common.actions,
        bare: true,
        align: 'right',
        width: '3.5rem',
        cell: (user) => mayEdit(user) && <UserMenu user={user} self={user.id === me?.id} onEdit={edit} />,
      },
    ]
  }, [me?.id, roles])
  const add = (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setOpened({ user: null })}>
      {words.new}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.title}>{add}</PageHeader>
      <AdministrationSections />
      <DataTable
        label={words.title}
        queryKey={usersKey}
        fetchPage={fetchUsers}
        columns={columns}
        rowName={(user) => user.name}
        defaultSort="name"
        searchLabel={words.search}
        filters={filters}
        empty={{ ...words.empty, action: add }}
      />
      {opened && <UserDialog user={opened.user} onClose={() => setOpened(null)} />}
    </>
  )
}
