/** Where the palette can lead: pages by their names; clients, agreements and invoices as the server finds them. */
import { useDebouncedValue } from '@mantine/hooks'
import {
  IconBuilding,
  IconChartBar,
  IconContract,
  IconFileInvoice,
  IconTags,
  IconTicket,
  IconUser,
  IconUsers,
} from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { listAgreements, listClients, listInvoices, listServices, listWorkOrders } from '@/api/gen'
import { agreementParts } from '@/features/agreements/sections'
import { catalogParts } from '@/features/catalog/sections'
import { reportParts } from '@/features/reports/sections'
import { administrationParts } from '@/features/users/sections'
import { workParts } from '@/features/workOrders/sections'
import { account } from '@/shared/i18n/en/account'
import { catalog } from '@/shared/i18n/en/catalog'
import { common, nav } from '@/shared/i18n/en/common'
import { invoices as words } from '@/shared/i18n/en/invoices'
import { may } from '@/shared/session/permissions'
import { useUser } from '@/shared/session/useUser'
import { pages } from '../shell/pages'

const MATCHES = 6
const SHORTEST = 2
const ENDS_IN_DIGIT = /\d$/

export type Target = { href: string; label: string; detail?: string; Icon: typeof IconBuilding }
export type TargetGroup = { name: string; targets: Target[] }

/** `settled`: the matches are those of this text, not of an earlier one. */
export function useTargets(text: string): { groups: TargetGroup[]; settled: boolean } {
  const user = useUser()
  const wanted = text.trim().toLowerCase()
  const own = pages
    .filter((page) => !page.needs || may(user, page.needs))
    .filter((page) => page.label.toLowerCase().includes(wanted))
    .map((page): Target => ({ href: page.to, label: page.label, Icon: page.icon }))
  const parts = [
    ...catalogParts.map(([href, label]): Target => ({ href, label, Icon: IconTags })),
    ...agreementParts.map(([href, label]): Target => ({ href, label, Icon: IconContract })),
    ...reportParts
      .filter(({ needs }) => !needs || may(user, needs))
      .map(({ to, label }): Target => ({ href: to, label, Icon: IconChartBar })),
    ...workParts
      .filter(({ needs }) => !needs || may(user, needs))
      .map(({ to, label }): Target => ({ href: to, label, Icon: IconTicket })),
    ...(may(user, 'users.manage')
      ? administrationParts.map(([href, label]): Target => ({ href, label, Icon: IconUsers }))
      : []),
    { href: '/account', label: account.title, Icon: IconUser },
  ].filter(
    ({ href, label }) =>
      wanted !== '' && label.toLowerCase().includes(wanted) && !pages.some((page) => page.to === href),
  )
  const found = useMatches(text, may(user, 'invoices.read'))
  const groups = [
    { name: common.pages, targets: [...own, ...parts] },
    { name: nav.clients, targets: found.clients },
    { name: nav.agreements, targets: found.agreements },
    { name: nav.workOrders, targets: found.orders },
    { name: nav.invoices, targets: found.invoices },
    { name: catalog.sections.services, targets: found.services },
  ].filter((group) => group.targets.length > 0)
  return { groups, settled: found.settled }
}

type Matches = Record<'clients' | 'agreements' | 'orders' | 'invoices' | 'services', Target[]> & {
  settled: boolean
}

function useMatches(text: string, mayInvoices: boolean): Matches {
  const wanted = text.trim()
  const [q] = useDebouncedValue(wanted, 150)
  const query = { q, page_size: MATCHES }
  const asked = q.length >= SHORTEST
  const clients = useQuery({
    queryKey: ['palette', 'clients', q],
    queryFn: ({ signal }) => listClients({ query, signal }),
    placeholderData: keepPreviousData,
    enabled: asked,
  })
  const agreements = useQuery({
    queryKey: ['palette', 'agreements', q],
    queryFn: ({ signal }) => listAgreements({ query, signal }),
    placeholderData: keepPreviousData,
    enabled: asked,
  })
  const orders = useQuery({
    queryKey: ['palette', 'work-orders', q],
    queryFn: ({ signal }) => listWorkOrders({ query, signal }),
    placeholderData: keepPreviousData,
    enabled: asked,
  })
  const invoices = useQuery({
    queryKey: ['palette', 'invoices', q],
    // a whole number stands before the longer ones that begin with it
    queryFn: ({ signal }) =>
      listInvoices({ query: ENDS_IN_DIGIT.test(q) ? { ...query, sort: 'number' } : query, signal }),
    placeholderData: keepPreviousData,
    enabled: asked && mayInvoices,
  })
  const services = useQuery({
    queryKey: ['palette', 'services', q],
    queryFn: ({ signal }) => listServices({ query, signal }),
    placeholderData: keepPreviousData,
    enabled: asked,
  })
  const asking = [clients, agreements, orders, invoices, services].some(
    (query) => query.isLoading || query.isPlaceholderData,
  )
  const settled = q === wanted && !(asked && asking)
  if (!asked) return { settled, clients: [], agreements: [], orders: [], invoices: [], services: [] }
  return {
    settled,
    clients: (clients.data?.items ?? []).map((client) => ({
      href: `/clients/${client.id}`,
      label: client.name,
      Icon: IconBuilding,
    })),
    agreements: (agreements.data?.items ?? []).map((agreement) => ({
      href: `/agreements/${agreement.id}`,
      label: agreement.name,
      detail: `${agreement.number} · ${agreement.client_name}`,
      Icon: IconContract,
    })),
    orders: (orders.data?.items ?? []).map((order) => ({
      href: `/work-orders/${order.id}`,
      label: order.subject!,
      detail: [order.number, order.client_name].filter(Boolean).join(' · '),
      Icon: IconTicket,
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
