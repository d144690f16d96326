import { Button } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconPlus, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { clients } from '@/shared/i18n/en/clients'
import { importing } from '@/shared/i18n/en/importing'
import { rateLists } from '@/shared/i18n/en/rates'
import { ExportButton } from '@/shared/importing/ExportButton'
import { ButtonLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { BulkAction, Filter } from '@/shared/table/types'
import { clientColumns } from './columns'
import { tagsQuery } from './parts'
import { archiveOne, type Client, clientsKey, fetchClients, restoreOne } from './queries'
import { ClientSections } from './sections'

const NewClient = lazyPart(async () => (await import('./newClient')).NewClient)

const EXPORTED = ['q', 'status', 'tag', 'has_open_rate_reviews'] as const

const bulk: BulkAction<Client>[] = [
  {
    label: clients.archive,
    icon: <IconArchive size={14} />,
    appliesTo: (client) => client.status !== 'archived',
    run: archiveOne,
    undo: restoreOne,
    done: clients.archived,
  },
  {
    label: clients.restore,
    icon: <IconArchiveOff size={14} />,
    appliesTo: (client) => client.status === 'archived',
    run: restoreOne,
    undo: archiveOne,
    done: clients.restored,
  },
]

/** Tags are data: those there are can be filtered by. */
function useFilters(): Filter[] {
  const tags = useQuery(tagsQuery).data?.items
  const mayMoney = useMay('money.read')
  return useMemo(
    () => [
      {
        key: 'status',
        label: clients.fields.status,
        options: Object.entries(clients.status).map(([value, label]) => ({ value, label })),
      },
      ...(tags?.length
        ? [
            {
              key: 'tag',
              label: clients.fields.tags,
              options: tags.map(({ name }) => ({ value: name, label: name })),
            },
          ]
        : []),
      ...(mayMoney
        ? [
            {
              key: 'has_open_rate_reviews',
              label: clients.openReviews,
              options: [{ value: 'true', label: rateLists.reviewOpen }],
            },
          ]
        : []),
    ],
    [tags, mayMoney],
  )
}

export function ClientList() {
  const mayWrite = useMay('clients.write')
  const mayMoney = useMay('money.read')
  const filters = useFilters()
  const [adding, setAdding] = useState(false)
  const add = mayWrite && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setAdding(true)}>
      {clients.new}
    </Button>
  )
  return (
    <>
      <PageHeader title={clients.title}>
        {mayMoney && <ExportButton url="/api/v1/clients/export" keys={EXPORTED} />}
        {mayWrite && (
          <ButtonLink
            to="/clients/import"
            variant="default"
            leftSection={<IconUpload aria-hidden size={15} />}
          >
            {importing.import}
          </ButtonLink>
        )}
        {add}
      </PageHeader>
      <ClientSections />
      <DataTable
        label={clients.title}
        queryKey={clientsKey}
        fetchPage={fetchClients}
        columns={clientColumns}
        rowName={(client) => client.name}
        defaultSort="name"
        searchLabel={clients.search}
        filters={filters}
        bulk={mayWrite ? bulk : undefined}
        empty={{ ...clients.empty, action: add || undefined }}
      />
      {adding && <NewClient onClose={() => setAdding(false)} />}
    </>
  )
}
