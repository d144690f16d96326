/** Everybody's API keys, for administrators; one's own are on the page of one's account as well. */
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { AdministrationSections } from '@/features/users/sections'
import { UserFilterField } from '@/features/users/userFilter'
import { formatInstant } from '@/shared/dates'
import { apiKeys as words } from '@/shared/i18n/en/administration'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { DataTable } from '@/shared/table/DataTable'
import type { Column, Filter } from '@/shared/table/types'
import { KeyMenu, KeyState } from './cells'
import { type ApiKey, apiKeysKey, fetchAllKeys } from './queries'

const NewKeyDialog = lazyPart(async () => (await import('./newKeyDialog')).NewKeyDialog)

const { fields } = words

const columns: Column<ApiKey>[] = [
  {
    id: 'name',
    header: fields.name,
    card: 'title',
    cell: (key) => (
      <span tabIndex={-1} data-row-link style={{ fontWeight: 550 }}>
        {key.name}
      </span>
    ),
  },
  {
    id: 'state',
    header: fields.state,
    card: 'corner',
    width: '7rem',
    cell: (key) => <KeyState apiKey={key} />,
  },
  { id: 'owner', header: fields.owner, cell: (key) => key.user_name },
  { id: 'role', header: fields.role, cell: (key) => common.roles[key.role ?? ''] ?? key.role },
  { id: 'prefix', header: fields.prefix, cell: (key) => <code>{key.prefix}…</code> },
  {
    id: 'last_used_at',
    header: fields.last_used_at,
    cell: (key) => (
      <span className="num">{key.last_used_at ? formatInstant(key.last_used_at) : words.never}</span>
    ),
  },
  {
    id: 'expires_at',
    header: fields.expires_at,
    cell: (key) => (
      <span className="num">{key.expires_at ? formatInstant(key.expires_at) : words.never}</span>
    ),
  },
  {
    id: 'created_at',
    header: fields.created_at,
    sort: 'created_at',
    cell: (key) => <span className="num">{formatInstant(key.created_at)}</span>,
  },
  {
    id: 'actions',
    header: common.actions,
    bare: true,
    align: 'right',
    width: '3.5rem',
    cell: (key) => <KeyMenu apiKey={key} />,
  },
]

const filters: Filter[] = [
  {
    key: 'active',
    label: fields.state,
    options: Object.entries(words.activeOnly).map(([value, label]) => ({ value, label })),
  },
  { key: 'user_id', label: fields.owner, Field: UserFilterField },
]

export function ApiKeyList() {
  const [adding, setAdding] = useState(false)
  const add = (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setAdding(true)}>
      {words.new}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.title}>{add}</PageHeader>
      <AdministrationSections />
      <DataTable
        label={words.title}
        queryKey={apiKeysKey}
        fetchPage={fetchAllKeys}
        columns={columns}
        rowName={(key) => key.name}
        defaultSort="-created_at"
        searchLabel={words.search}
        filters={filters}
        empty={{ ...words.empty, action: add }}
      />
      {adding && <NewKeyDialog onClose={() => setAdding(false)} />}
    </>
  )
}
