/** One's own API keys, as a part of one's account. */
import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatInstant } from '@/shared/dates'
import { apiKeys as words } from '@/shared/i18n/en/administration'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { KeyMenu, KeyState } from './cells'
import { type ApiKey, ownKeysQuery } from './queries'

const NewKeyDialog = lazyPart(async () => (await import('./newKeyDialog')).NewKeyDialog)

const { fields } = words

const columns: SmallColumn<ApiKey>[] = [
  { header: fields.name, cell: (key) => key.name },
  { header: fields.state, cell: (key) => <KeyState apiKey={key} /> },
  { header: fields.prefix, cell: (key) => <code>{key.prefix}…</code> },
  { header: fields.role, cell: (key) => common.roles[key.role ?? ''] ?? key.role },
  { header: fields.created_at, cell: (key) => formatInstant(key.created_at) },
  {
    header: fields.last_used_at,
    cell: (key) => (key.last_used_at ? formatInstant(key.last_used_at) : words.never),
  },
  {
    header: fields.expires_at,
    cell: (key) => (key.expires_at ? formatInstant(key.expires_at) : words.never),
  },
  { header: common.actions, align: 'right', cell: (key) => <KeyMenu apiKey={key} /> },
]

export function OwnApiKeys() {
  const query = useQuery(ownKeysQuery)
  const [adding, setAdding] = useState(false)
  const rows = query.data?.items ?? []
  return (
    <Section
      title={words.title}
      flush
      action={
        <Button
          variant="default"
          leftSection={<IconPlus aria-hidden size={15} />}
          onClick={() => setAdding(true)}
        >
          {words.new}
        </Button>
      }
    >
      {query.isPending ? (
        <RowsSkeleton rows={2} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : rows.length === 0 ? (
        <Text size="sm" c="dimmed" p="md" pt={0}>
          {words.lead}
        </Text>
      ) : (
        <SmallTable label={words.title} columns={columns} rows={rows} rowKey={(key) => key.id} />
      )}
      {adding && <NewKeyDialog onClose={() => setAdding(false)} />}
    </Section>
  )
}
