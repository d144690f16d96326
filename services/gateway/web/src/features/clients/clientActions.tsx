/** What is done to a client: editing and adding in front, merging and archiving behind "⋮". */
import { Button } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconArrowMerge, IconPencil } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toggleArchived } from '@/shared/archiving'
import { common } from '@/shared/i18n/en/common'
import { merging } from '@/shared/i18n/en/merging'
import { lazyPart } from '@/shared/lazyPart'
import { useMay } from '@/shared/session/useUser'
import { RowMenu } from '@/shared/table/RowMenu'
import { archiveOne, type Client, keepClient, restoreOne } from './queries'

const EditClient = lazyPart(async () => (await import('./editClient')).EditClient)
const MergeDialog = lazyPart(async () => (await import('./mergeDialog')).MergeDialog)
const NewPart = lazyPart(async () => (await import('./newPart')).NewPart)

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function ClientActions({ client }: { client: Client }) {
  const queries = useQueryClient()
  const mayWrite = useMay('clients.write')
  const [opened, setOpened] = useState<'edit' | 'merge' | null>(null)
  const close = () => setOpened(null)
  const archived = client.status === 'archived'
  const toggle = () =>
    toggleArchived(client, {
      archive: archiveOne,
      restore: restoreOne,
      keep: (saved) => keepClient(queries, saved),
    })

  return (
    <>
      {mayWrite && (
        <Button
          variant="default"
          leftSection={<IconPencil aria-hidden size={14} />}
          onClick={() => setOpened('edit')}
        >
          {common.edit}
        </Button>
      )}
      {!client.merged_into_id && <NewPart client={client} />}
      {mayWrite && !client.merged_into_id && (
        <RowMenu
          variant="default"
          label={common.actionsOf(client.name)}
          items={[
            {
              label: merging.button,
              icon: <IconArrowMerge {...icon} />,
              onClick: () => setOpened('merge'),
            },
            {
              label: archived ? common.restore : common.archive,
              icon: archived ? <IconArchiveOff {...icon} /> : <IconArchive {...icon} />,
              onClick: toggle,
            },
          ]}
        />
      )}
      {opened === 'edit' && <EditClient client={client} onClose={close} />}
      {opened === 'merge' && <MergeDialog client={client} onClose={close} />}
    </>
  )
}
