import { IconArchive, IconArchiveOff, IconPlus, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { categoryChoices } from '@/features/categories/queries'
import { catalog } from '@/shared/i18n/en/catalog'
import { common } from '@/shared/i18n/en/common'
import { ExportButton } from '@/shared/importing/ExportButton'
import { ButtonLink } from '@/shared/Link'
import { notifyDone } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { BulkAction, Filter } from '@/shared/table/types'
import { serviceColumns, shownRate } from './columns'
import {
  archiveAll,
  fetchServices,
  restoreAll,
  type Service,
  servicesKey,
  useDefaultRateChange,
} from './queries'
import { CatalogSections } from './sections'

const choices = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

const fixed: Filter[] = [
  { key: 'status', label: catalog.fields.status, options: choices(common.status) },
  { key: 'kind', label: catalog.fields.kind, options: choices(catalog.kinds) },
  { key: 'in_use', label: catalog.inUse, options: choices(catalog.inUseChoices) },
  {
    key: 'has_scheduled_price',
    label: catalog.scheduled,
    options: [{ value: 'true', label: catalog.scheduledOnly }],
  },
]

const EXPORTED = ['category_id', ...fixed.map(({ key }) => key)]

/** By category as well: an MSP makes its own. */
function useFilters(): Filter[] {
  const { data } = useQuery(categoryChoices)
  return useMemo(() => {
    const options = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
    return [{ key: 'category_id', label: catalog.fields.category, options }, ...fixed]
  }, [data])
}

const bulk: BulkAction<Service>[] = [
  {
    label: common.archive,
    icon: <IconArchive size={14} />,
    appliesTo: (service) => service.status === 'active',
    runAll: archiveAll,
    undoAll: restoreAll,
    done: catalog.archivedMany,
  },
  {
    label: common.restore,
    icon: <IconArchiveOff size={14} />,
    appliesTo: (service) => service.status === 'archived',
    runAll: restoreAll,
    undoAll: archiveAll,
    done: catalog.restoredMany,
  },
]

export function ServiceList() {
  const mayMoney = useMay('money.read')
  const mayWrite = useMay('catalog.write')
  const filters = useFilters()
  const { mutateAsync } = useDefaultRateChange()
  const columns = useMemo(() => {
    async function changeRate(service: Service, rate: string) {
      try {
        const saved = await mutateAsync({ service, rate })
        notifyDone(catalog.rateSaved(saved.name, shownRate(saved)))
      } catch {
        // shown by the mutation itself, which also puts the old rate back
      }
    }
    return serviceColumns({ mayMoney, changeRate: mayWrite ? changeRate : undefined })
  }, [mayMoney, mayWrite, mutateAsync])

  const add = mayWrite && (
    <ButtonLink to="/catalog/new" leftSection={<IconPlus aria-hidden size={15} />}>
      {catalog.new}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader title={catalog.title}>
        {mayMoney && <ExportButton url="/api/v1/services/export" keys={EXPORTED} />}
        {mayWrite && (
          <ButtonLink
            to="/catalog/import"
            variant="default"
            leftSection={<IconUpload aria-hidden size={15} />}
          >
            {catalog.import}
          </ButtonLink>
        )}
        {add}
      </PageHeader>
      <CatalogSections />
      <DataTable
        label={catalog.sections.services}
        queryKey={servicesKey}
        fetchPage={fetchServices}
        columns={columns}
        rowName={(service) => service.name}
        defaultSort="name"
        searchLabel={catalog.search}
        filters={filters}
        bulk={mayWrite ? bulk : undefined}
        empty={{ ...catalog.empty, action: add || undefined }}
      />
    </>
  )
}
