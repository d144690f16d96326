import { Button, NativeSelect } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { useMay, useUser } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { DayFilter } from '@/shared/table/FilterField'
import type { Filter, FilterFieldProps } from '@/shared/table/types'
import { useKey } from '@/shared/useKey'
import { orderColumns } from './columns'
import { fetchOrders, ordersKey } from './queries'
import { WorkSections } from './sections'

const OrderForm = lazyPart(async () => (await import('./orderForm')).OrderForm)

const { fields } = words
const choices = (texts: Record<string, string>) =>
  Object.entries(texts).map(([value, label]) => ({ value, label }))

function MineField({ label, value, onChange }: FilterFieldProps) {
  const me = useUser()?.id
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value}
      data={[
        { value: '', label: `${label}: ${words.filters.anyone}` },
        ...(me ? [{ value: me, label: words.filters.me }] : []),
        ...(value && value !== me ? [{ value, label: words.filters.another }] : []),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const filters: Filter[] = [
  {
    key: 'status',
    label: fields.status!,
    options: [{ value: 'open', label: words.anyOpen }, ...choices(words.status)],
  },
  { key: 'priority', label: fields.priority!, options: choices(words.priority) },
  clientFilter,
  { key: 'technician_id', label: words.filters.assignment, Field: MineField },
  {
    key: 'unassigned',
    label: words.filters.nobody,
    options: [{ value: 'true', label: words.filters.nobody }],
  },
  { key: 'sla', label: words.filters.sla, options: choices(words.filters.slaStates) },
  { key: 'due_on_lte', label: words.filters.due, Field: DayFilter },
]
const byDefault = { status: 'open' }

export function WorkOrderList() {
  const mayWrite = useMay('time.write')
  const [adding, setAdding] = useState(false)
  useKey('n', () => mayWrite && setAdding(true))
  const add = mayWrite && (
    <Button
      leftSection={<IconPlus aria-hidden size={15} />}
      aria-keyshortcuts="n"
      onClick={() => setAdding(true)}
    >
      {words.new}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.title}>{add}</PageHeader>
      <WorkSections />
      <DataTable
        label={words.title}
        queryKey={ordersKey}
        fetchPage={fetchOrders}
        columns={orderColumns}
        rowName={(order) => order.subject!}
        defaultSort="-created_at"
        searchLabel={words.search}
        filters={filters}
        defaultFilters={byDefault}
        empty={{ ...words.empty, action: add || undefined }}
      />
      {adding && <OrderForm onClose={() => setAdding(false)} />}
    </>
  )
}
