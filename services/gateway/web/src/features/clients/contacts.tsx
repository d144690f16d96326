import { Anchor, Badge, Group, Text } from '@mantine/core'
import { IconArchive, IconHeadset, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { useMay } from '@/shared/session/useUser'
import { RowMenu } from '@/shared/table/RowMenu'
import { PartList } from './partList'
import { archiveContact, bringContactBack, type Contact, contactsQuery, saveContact } from './parts'
import classes from './parts.module.css'
import type { Client } from './queries'
import { useAct } from './useAct'
import { useDialog } from './useDialog'

const ContactForm = lazyPart(async () => (await import('./contactForm')).ContactForm)
const words = clientParts.contacts

export function Contacts({ client }: { client: Client }) {
  const mayWrite = useMay('clients.write')
  const dialog = useDialog<Contact>()
  return (
    <>
      <PartList
        title={words.title}
        query={useQuery(contactsQuery(client.id))}
        empty={words.none}
        add={mayWrite && { label: words.add, onClick: dialog.add }}
        row={(contact) => (
          <Row client={client} contact={contact} onEdit={mayWrite ? () => dialog.edit(contact) : null} />
        )}
      />
      {dialog.opened && <ContactForm client={client} contact={dialog.opened.one} onClose={dialog.close} />}
    </>
  )
}

type RowProps = { client: Client; contact: Contact; onEdit: (() => void) | null }

function Row({ client, contact, onEdit }: RowProps) {
  const act = useAct(client.id)
  const promote = () =>
    act(
      () => saveContact({ client_id: client.id }, contact, { is_primary_support: true } as never),
      words.promoted(contact.name),
    )
  const archive = () =>
    act(
      () => archiveContact(contact),
      words.archived(contact.name),
      () => bringContactBack(contact),
    )

  return (
    <div className={classes.spread}>
      <div>
        <Text fw={570}>{contact.name}</Text>
        <Text size="xs" c="dimmed">
          {[contact.title, contact.department].filter(Boolean).join(', ')}
        </Text>
      </div>
      <Roles contact={contact} />
      <Reach contact={contact} />
      {onEdit ? (
        <RowMenu
          label={words.actionsOf(contact.name)}
          items={[
            { label: common.edit, icon: <IconPencil size={14} />, onClick: onEdit },
            ...(contact.is_primary_support
              ? []
              : [{ label: words.promote, icon: <IconHeadset size={14} />, onClick: promote }]),
            { label: common.archive, icon: <IconArchive size={14} />, onClick: archive },
          ]}
        />
      ) : (
        <span />
      )}
    </div>
  )
}

function Roles({ contact }: { contact: Contact }) {
  return (
    <Group gap={6}>
      {contact.is_primary_support && <Badge>{words.primary}</Badge>}
      {contact.is_technical_support && <Badge color="blue">{words.technical}</Badge>}
      {contact.is_billing && <Badge color="orange">{words.billing}</Badge>}
    </Group>
  )
}

function Reach({ contact }: { contact: Contact }) {
  const phone = contact.phone_display ?? contact.phone
  const mobile = contact.mobile_display ?? contact.mobile
  return (
    <div>
      {contact.email && (
        <Anchor size="sm" href={`mailto:${contact.email}`}>
          {contact.email}
        </Anchor>
      )}
      {phone && (
        <Text size="xs" c="dimmed">
          <Anchor inherit href={`tel:${contact.phone}`}>
            {phone}
          </Anchor>
          {contact.extension && ` ${words.extension(contact.extension)}`}
        </Text>
      )}
      {mobile && (
        <Text size="xs" c="dimmed">
          <Anchor inherit href={`tel:${contact.mobile}`}>
            {mobile}
          </Anchor>{' '}
          {words.mobileMark}
        </Text>
      )}
    </div>
  )
}
