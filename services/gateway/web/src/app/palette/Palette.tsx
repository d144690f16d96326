/** Ctrl-K: go to any page, client or invoice by name. Loaded when it is first opened. */
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import '@mantine/spotlight/styles.css'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBuilding, IconFileInvoice, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { listClients, listInvoices } from '@/api/gen'
import { common, nav } from '@/shared/i18n/en/common'
import { invoices } from '@/shared/i18n/en/invoices'
import { states } from '@/shared/i18n/en/states'
import { may } from '@/shared/session/roles'
import { useUser } from '@/shared/session/useUser'
import { pages } from '../shell/pages'

const MATCHES = 6
const [store, spotlight] = createSpotlight()

export default function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const role = useUser()?.role
  const navigate = useNavigate()
  useEffect(() => spotlight.open(), [])

  const own = pages
    .filter((page) => !page.needs || may(role, page.needs))
    .filter((page) => page.label.toLowerCase().includes(text.trim().toLowerCase()))
    .map((page) => ({
      id: page.to,
      label: page.label,
      leftSection: <page.icon aria-hidden size={18} stroke={1.6} />,
      onClick: () => void navigate({ to: page.to }),
    }))
  const found = useMatches(text, may(role, 'invoices.read'))
  const groups: SpotlightActionGroupData[] = [
    { group: common.navigation, actions: own },
    {
      group: nav.clients,
      actions: found.clients.map(({ id, name }) => ({
        id: String(id),
        label: name,
        leftSection: <IconBuilding aria-hidden size={18} stroke={1.6} />,
        onClick: () => void navigate({ to: '/clients/$clientId', params: { clientId: String(id) } }),
      })),
    },
    {
      group: nav.invoices,
      actions: found.invoices.map((invoice) => ({
        id: String(invoice.id),
        label: invoice.number ?? invoices.draft,
        description: invoice.client_name ?? undefined,
        leftSection: <IconFileInvoice aria-hidden size={18} stroke={1.6} />,
        onClick: () =>
          void navigate({ to: '/invoices/$invoiceId', params: { invoiceId: String(invoice.id) } }),
      })),
    },
  ]

  return (
    <Spotlight
      store={store}
      actions={groups.filter((group) => group.actions.length > 0)}
      // the server has searched already
      filter={(_query, actions) => actions}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      nothingFound={states.emptyFiltered.title}
      onSpotlightClose={onClose}
      aria-label={common.search}
      searchProps={{
        'aria-label': common.search,
        placeholder: common.searchEverything,
        leftSection: <IconSearch aria-hidden size={18} />,
      }}
      scrollable
      maxHeight={420}
    />
  )
}

function useMatches(text: string, mayInvoices: boolean) {
  const [q] = useDebouncedValue(text.trim(), 150)
  const query = { q, page_size: MATCHES }
  const options = { enabled: q.length > 1, placeholderData: keepPreviousData }
  const clients = useQuery({
    queryKey: ['palette', 'clients', q],
    queryFn: ({ signal }) => listClients({ query, signal }),
    ...options,
  })
  const found = useQuery({
    queryKey: ['palette', 'invoices', q],
    queryFn: ({ signal }) => listInvoices({ query, signal }),
    ...options,
    enabled: options.enabled && mayInvoices,
  })
  const none = q.length <= 1
  return {
    clients: none ? [] : (clients.data?.items ?? []),
    invoices: none ? [] : (found.data?.items ?? []),
  }
}
