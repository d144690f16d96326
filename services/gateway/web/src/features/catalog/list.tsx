import { catalog } from '@/shared/i18n/en/dashboard'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { Filter } from '@/shared/table/types'
import { serviceColumns } from './columns'
import { fetchServices, servicesKey } from './queries'

const choices = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  { key: 'status', label: catalog.fields.status, options: choices(catalog.status) },
  { key: 'kind', label: catalog.fields.kind, options: choices(catalog.kinds) },
]

const withoutMoney = serviceColumns.filter((column) => column.id !== 'default_rate')

export function ServiceList() {
  const mayMoney = useMay('money.read')
  return (
    <>
      <PageHeader title={catalog.title} />
      <DataTable
        label={catalog.title}
        queryKey={servicesKey}
        fetchPage={fetchServices}
        columns={mayMoney ? serviceColumns : withoutMoney}
        rowName={(service) => service.name}
        defaultSort="name"
        searchLabel={catalog.search}
        filters={filters}
        empty={catalog.empty}
      />
    </>
  )
}
