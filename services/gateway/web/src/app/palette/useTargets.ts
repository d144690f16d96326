/** Where the palette can lead: pages by their names, clients and invoices as the server finds them. */
import { useDebouncedValue } from '@mantine/hooks'
import { IconBuilding, IconFileInvoice, IconTags, IconUser, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { listClients, listInvoices, listServices } from '@/api/gen'
import { catalogParts } from '@/features/catalog/sections'
import { administrationParts } from '@/features/users/sections'
import { account } from '@/shared/i18n/en/account'
import { catalog } from '@/shared/i18n/en/catalog'
import { common, nav } from '@/shared/i18n/en/common'
import { invoices as words } from '@/shared/i18n/en/invoices'
import { may } from '@/shared/session/permissions'
import { useUser } from '@/shared/session/useUser'
import { pages } from '../shell/pages'

const MATCHES = 6
const SHORTEST = 2

export type Target = { href: string; label: string; detail?: string; Icon: typeof IconBuilding }
export type TargetGroup = { name: string; targets: Target[] }

export function useTargets(text: string): TargetGroup[] {
  const user = useUser()
  const wanted = text.trim().toLowerCase()
  const own = pages
    .filter((page) => !page.needs || may(user, page.needs))
    .filter((page) => page.label.toLowerCase().includes(wanted))
    .map((page): Target => ({ href: page.to, label: page.label, Icon: page.icon }))
  const parts = [
    ...catalogParts.map(([href, label]): Target => ({ href, label, Icon: IconTags })),
    ...(may(user, 'users.manage')
      ? administrationParts.map(([href, label]): Target => ({ href, label, Icon: IconUsers }))
      : []),
    { href: '/account', label: account.title, Icon: IconUser },
  ].filter(
    ({ href, label }) =>
      wanted !== '' && label.toLowerCase().includes(wanted) && !pages.some((page) => page.to === href),
  )
  const found = useMatches(text, may(user, 'invoices.read'))
  return [
    { name: common.pages, targets: [...own, ...parts] },
    { name: nav.clients, targets: found.clients },
    { name: nav.invoices, targets: found.invoices },
    { name: catalog.sections.services, targets: found.services },
  ].filter((group) => group.targets.length > 0)
}

function useMatches(
  text: string,
  mayInvoices: boolean,
): Record<'clients' | 'invoices' | 'services', Target[]> {
  const [q] = useDebouncedValue(text.trim(), 150)
  const query = { q, page_size: MATCHES }
  const asked = q.length >= SHORTEST
  const clients = useQuery({
    queryKey: ['palette', 'clients', q],
    queryFn: ({ signal }) => listClients({ query, signal }),
    placeholderData: keepPreviousData,
    enabled: asked,
  })
  const invoices = useQuery({
    queryKey: ['palette', 'invoices', q],
    queryFn: ({ signal }) => listInvoices({ query, signal }),
    placeholderData: keepPreviousData,
    enabled: asked && mayInvoices,
  })
  const services = useQuery({
    queryKey: ['palette', 'services', q],
    queryFn: ({ signal }) => listServices({ query, signal }),
    placeholderData: keepPreviousData,
    enabled: asked,
  })
  if (!asked) return { clients: [], invoices: [], services: [] }
  return {
    clients: (clients.data?.items ?? []).map((client) => ({
      href: `/clients/${client.id}`,
      label: client.name,
      Icon: IconBuilding,
    })),
    invoices: (invoices.data?.items ?? []).map((invoice) => ({
      href: `/invoices/${invoice.id}`,
      label: invoice.number ?? words.draft,
      detail: invoice.client_name,
      Icon: IconFileInvoice,
    })),
    services: (services.data?.items ?? []).map((service) => ({
      href: `/catalog/${service.id}`,
      label: service.name,
      detail: service.category ?? undefined,
      Icon: IconTags,
    })),
  }
}
