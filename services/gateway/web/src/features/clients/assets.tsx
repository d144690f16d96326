import { Badge, Group, Text } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { daysUntil, formatDate } from '@/shared/dates'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { useMay } from '@/shared/session/useUser'
import { RowMenu } from '@/shared/table/RowMenu'
import { PartList } from './partList'
import { type Asset, archiveAsset, assetsQuery, bringAssetBack } from './parts'
import classes from './parts.module.css'
import type { Client } from './queries'
import { useAct } from './useAct'
import { useDialog } from './useDialog'

const AssetForm = lazyPart(async () => (await import('./assetForm')).AssetForm)
const words = clientParts.assets
const SOON_DAYS = 30

export function Assets({ client }: { client: Client }) {
  const mayWrite = useMay('assets.write')
  const dialog = useDialog<Asset>()
  return (
    <>
      <PartList
        title={words.title}
        query={useQuery(assetsQuery(client.id))}
        empty={words.none}
        add={mayWrite && { label: words.add, onClick: dialog.add }}
        row={(asset) => (
          <Row client={client} asset={asset} onEdit={mayWrite ? () => dialog.edit(asset) : null} />
        )}
      />
      {dialog.opened && <AssetForm client={client} asset={dialog.opened.one} onClose={dialog.close} />}
    </>
  )
}

function Row({ client, asset, onEdit }: { client: Client; asset: Asset; onEdit: (() => void) | null }) {
  const act = useAct(client.id)
  const archived = asset.status === 'archived'
  const toggle = () =>
    archived
      ? act(() => bringAssetBack(asset), words.restored(asset.name))
      : act(() => archiveAsset(asset), words.archived(asset.name))
  return (
    <div className={classes.spread}>
      <div>
        <Text fw={570}>{asset.name}</Text>
        <Text size="xs" c="dimmed">
          {[asset.make, asset.model, asset.os].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Group gap={6}>
        <Badge color="gray">{words.kinds[asset.kind]}</Badge>
        {asset.status !== 'active' && <Badge color="yellow">{words.statuses[asset.status]}</Badge>}
      </Group>
      <div>
        {asset.serial_number && <Text size="sm">{asset.serial_number}</Text>}
        {asset.expires_on && <Ends day={asset.expires_on} label={words.expires} />}
        {asset.warranty_until && <Ends day={asset.warranty_until} label={words.warranty} />}
      </div>
      {onEdit ? (
        <RowMenu
          label={words.actionsOf(asset.name)}
          items={[
            { label: common.edit, icon: <IconPencil size={14} />, onClick: onEdit },
            {
              label: archived ? common.restore : common.archive,
              icon: archived ? <IconArchiveOff size={14} /> : <IconArchive size={14} />,
              onClick: toggle,
            },
          ]}
        />
      ) : (
        <span />
      )}
    </div>
  )
}

/** A day that matters more the nearer it is; said in words, not by colour alone. */
function Ends({ day, label }: { day: string; label: (day: string) => string }) {
  const left = daysUntil(day)
  return (
    <Text size="xs" c={left <= SOON_DAYS ? 'var(--mantine-color-error)' : 'dimmed'}>
      {label(formatDate(day))}
      {left < 0 ? ` · ${words.past}` : left <= SOON_DAYS ? ` · ${words.inDays(left)}` : ''}
    </Text>
  )
}
