import { Anchor, Badge, Group, Text } from '@mantine/core'
import { IconArchive, IconPencil, IconStar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { useMay } from '@/shared/session/useUser'
import { RowMenu } from '@/shared/table/RowMenu'
import { PartList } from './partList'
import { archiveLocation, bringLocationBack, type Location, locationsQuery, saveLocation } from './parts'
import classes from './parts.module.css'
import type { Client } from './queries'
import { useAct } from './useAct'
import { useDialog } from './useDialog'

const LocationForm = lazyPart(async () => (await import('./locationForm')).LocationForm)
const words = clientParts.locations

export function Locations({ client }: { client: Client }) {
  const mayWrite = useMay('clients.write')
  const dialog = useDialog<Location>()
  return (
    <>
      <PartList
        title={words.title}
        query={useQuery(locationsQuery(client.id))}
        empty={words.none}
        add={mayWrite && { label: words.add, onClick: dialog.add }}
        row={(location) => (
          <Row client={client} location={location} onEdit={mayWrite ? () => dialog.edit(location) : null} />
        )}
      />
      {dialog.opened && <LocationForm client={client} location={dialog.opened.one} onClose={dialog.close} />}
    </>
  )
}

type RowProps = { client: Client; location: Location; onEdit: (() => void) | null }

function Row({ client, location, onEdit }: RowProps) {
  const act = useAct(client.id)
  const promote = () =>
    act(
      () => saveLocation({ client_id: client.id }, location, { is_primary: true } as never),
      words.promoted(location.name),
    )
  const archive = () =>
    act(
      () => archiveLocation(location),
      words.archived(location.name),
      () => bringLocationBack(location),
    )

  return (
    <div className={classes.spread}>
      <div>
        <Group gap={6}>
          <Text fw={570}>{location.name}</Text>
          {location.is_primary && <Badge>{words.primary}</Badge>}
        </Group>
        <Text size="xs" c="dimmed">
          {location.hours}
        </Text>
      </div>
      <Text size="sm" className={classes.address}>
        {location.formatted}
      </Text>
      <div>
        {location.phone && (
          <Text size="sm">
            <Anchor inherit href={`tel:${location.phone}`}>
              {location.phone_display ?? location.phone}
            </Anchor>
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {location.time_zone}
        </Text>
      </div>
      {onEdit ? (
        <RowMenu
          label={words.actionsOf(location.name)}
          items={[
            { label: common.edit, icon: <IconPencil size={14} />, onClick: onEdit },
            ...(location.is_primary
              ? []
              : [{ label: words.promote, icon: <IconStar size={14} />, onClick: promote }]),
            { label: common.archive, icon: <IconArchive size={14} />, onClick: archive },
          ]}
        />
      ) : (
        <span />
      )}
    </div>
  )
}
