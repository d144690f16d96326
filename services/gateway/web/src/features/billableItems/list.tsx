/** What the next invoices will charge: logged time, and what was added by hand. */
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import { billableItems as words } from '@/shared/i18n/en/billableItems'
import { invoiceRuns } from '@/shared/i18n/en/invoiceRuns'
import { ButtonLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { DayFilter } from '@/shared/table/FilterField'
import type { Filter } from '@/shared/table/types'
import { itemColumns, nameOf } from './columns'
import { fetchItems, type Item, itemsKey, removeItem } from './queries'

const ItemDialog = lazyPart(async () => (await import('./dialog')).ItemDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)

const { fields } = words
const choices = (texts: Record<string, string>) =>
  Object.entries(texts).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  { key: 'status', label: fields.status, options: choices(words.statuses) },
  { key: 'source_type', label: fields.source, options: choices(words.sources) },
  clientFilter,
  { key: 'dated_gte', label: fields.from, Field: DayFilter },
  { key: 'dated_lte', label: fields.until, Field: DayFilter },
]
const byDefault = { status: 'to_bill' }

export function ItemList() {
  const mayWrite = useMay('invoices.write')
  const queries = useQueryClient()
  const [edited, setEdited] = useState<Item | 'new' | null>(null)
  const [deleted, setDeleted] = useState<Item | null>(null)
  const columns = useMemo(() => itemColumns(mayWrite, setEdited, setDeleted), [mayWrite])
  const refresh = () => queries.invalidateQueries({ queryKey: itemsKey })
  const add = mayWrite && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setEdited('new')}>
      {words.add}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.title}>
        {mayWrite && (
          <ButtonLink to="/invoice-runs/new" variant="default">
            {invoiceRuns.start}
          </ButtonLink>
        )}
        {add}
      </PageHeader>
      <DataTable
        label={words.title}
        queryKey={itemsKey}
        fetchPage={fetchItems}
        columns={columns}
        rowName={nameOf}
        defaultSort="dated_on"
        searchLabel={words.search}
        filters={filters}
        defaultFilters={byDefault}
        empty={{ ...words.empty, action: add || undefined }}
      />
      {edited && <ItemDialog item={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {deleted && (
        <DeleteDialog
          name={nameOf(deleted)}
          text={words.deleteText}
          remove={() => removeItem(deleted)}
          onGone={refresh}
          onClose={() => setDeleted(null)}
        />
      )}
    </>
  )
}
