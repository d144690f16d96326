/** Which clients have a service on their rate card, and what they pay for it. */
import { useMemo } from 'react'
import type * as gen from '@/api/gen'
import { listServiceClients } from '@/api/gen'
import { rateColumns } from '@/features/rates/columns'
import { catalog } from '@/shared/i18n/en/catalog'
import { rates } from '@/shared/i18n/en/rates'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { Filter, PageParams } from '@/shared/table/types'
import { type Service, servicesKey } from './queries'

const MONEY = ['default_rate', 'effective_rate', 'difference', 'effect']
const columns = rateColumns.filter(({ id }) => id !== 'service')

const filters: Filter[] = [
  {
    key: 'badge',
    label: catalog.usedByKind,
    options: ['default', 'custom', 'excluded'].map((kind) => {
      const badge = rates.badges[kind as keyof typeof rates.badges]
      return { value: badge, label: badge }
    }),
  },
]

export function UsedBy({ service }: { service: Service }) {
  const mayMoney = useMay('money.read')
  const fetchPage = useMemo(
    () => (params: PageParams, signal: AbortSignal) =>
      listServiceClients({
        path: { service_id: service.id },
        query: params as gen.ListServiceClientsData['query'],
        signal,
      }),
    [service.id],
  )
  return (
    <DataTable
      label={catalog.tabs.clients}
      queryKey={[...servicesKey, 'clients', service.id]}
      fetchPage={fetchPage}
      columns={mayMoney ? columns : columns.filter(({ id }) => !MONEY.includes(id))}
      rowName={(row) => row.client_name}
      defaultSort="client_name"
      searchLabel={catalog.usedBySearch}
      filters={filters}
      empty={catalog.usedByNone}
    />
  )
}
