/** "New…": whatever a client can be given, from every tab. */
import { Button, Menu } from '@mantine/core'
import {
  IconAddressBook,
  IconChevronDown,
  IconDevices,
  IconFileInvoice,
  IconMapPin,
  IconNote,
  IconPlus,
} from '@tabler/icons-react'
import { useState } from 'react'
import { clientParts as words } from '@/shared/i18n/en/clientParts'
import { lazyPart } from '@/shared/lazyPart'
import { useMay } from '@/shared/session/useUser'
import type { Client } from './queries'

const NewInvoice = lazyPart(async () => (await import('@/features/invoices/newInvoice')).NewInvoice)

const forms = {
  contact: lazyPart(async () => (await import('./contactForm')).ContactForm),
  location: lazyPart(async () => (await import('./locationForm')).LocationForm),
  asset: lazyPart(async () => (await import('./assetForm')).AssetForm),
  note: lazyPart(async () => (await import('./noteForm')).NoteForm),
}

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function NewPart({ client }: { client: Client }) {
  const [opened, setOpened] = useState<keyof typeof forms | 'invoice' | null>(null)
  const mayClients = useMay('clients.write')
  const mayAssets = useMay('assets.write')
  const mayNotes = useMay('notes.write')
  const mayInvoices = useMay('invoices.write')
  const close = () => setOpened(null)
  if (!mayClients && !mayAssets && !mayNotes && !mayInvoices) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconPlus aria-hidden size={14} />}
            rightSection={<IconChevronDown aria-hidden size={14} />}
          >
            {words.new}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayClients && (
            <Menu.Item leftSection={<IconAddressBook {...icon} />} onClick={() => setOpened('contact')}>
              {words.newContact}
            </Menu.Item>
          )}
          {mayClients && (
            <Menu.Item leftSection={<IconMapPin {...icon} />} onClick={() => setOpened('location')}>
              {words.newLocation}
            </Menu.Item>
          )}
          {mayAssets && (
            <Menu.Item leftSection={<IconDevices {...icon} />} onClick={() => setOpened('asset')}>
              {words.newAsset}
            </Menu.Item>
          )}
          {mayNotes && (
            <Menu.Item leftSection={<IconNote {...icon} />} onClick={() => setOpened('note')}>
              {words.newNote}
            </Menu.Item>
          )}
          {mayInvoices && (
            <Menu.Item leftSection={<IconFileInvoice {...icon} />} onClick={() => setOpened('invoice')}>
              {words.newInvoice}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {opened === 'invoice' && <NewInvoice clientId={client.id} onClose={close} />}
      {opened === 'contact' && <forms.contact client={client} contact={null} onClose={close} />}
      {opened === 'location' && <forms.location client={client} location={null} onClose={close} />}
      {opened === 'asset' && <forms.asset client={client} asset={null} onClose={close} />}
      {opened === 'note' && <forms.note client={client} note={null} onClose={close} />}
    </>
  )
}
