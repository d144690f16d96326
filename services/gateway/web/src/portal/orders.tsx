import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { formatInstant } from '@/shared/dates'
import { portal } from '@/shared/i18n/en/portal'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { DataTable } from '@/shared/table/DataTable'
import type { Column, Filter } from '@/shared/table/types'
import { fetchOrders, type Order, ordersKey } from './orderQueries'
import { OrderStatus } from './orderStatus'

const words = portal.orders
const { fields } = words
const NewOrder = lazyPart(async () => (await import('./newOrder')).NewOrder)

const columns: Column<Order>[] = [
  {
    id: 'subject',
    header: fields.subject,
    sort: 'subject',
    card: 'title',
    cell: (order) => (
      <TextLink
        to={'/work-orders/$workOrderId' as never}
        params={{ workOrderId: order.id } as never}
        fw={550}
        data-row-link
      >
        {order.subject}
      </TextLink>
    ),
  },
  { id: 'number', header: fields.number, sort: 'number', cell: (order) => order.number },
  {
    id: 'status',
    header: fields.status,
    sort: 'status',
    card: 'corner',
    cell: (order) => <OrderStatus status={order.status} />,
  },
  {
    id: 'priority',
    header: fields.priority,
    sort: 'priority',
    cell: (order) => words.priorities[order.priority],
  },
  { id: 'by', header: fields.by, cell: (order) => order.created_by_name },
  {
    id: 'created_at',
    header: fields.created_at,
    sort: 'created_at',
    cell: (order) => formatInstant(order.created_at),
  },
]

const choices = (key: 'status' | 'priority', texts: Record<string, string>): Filter => ({
  key,
  label: fields[key],
  options: Object.entries(texts).map(([value, label]) => ({ value, label })),
})
const filters = [choices('status', words.statuses), choices('priority', words.priorities)]

export function PortalOrders() {
  const [adding, setAdding] = useState(false)
  return (
    <>
      <PageHeader title={words.title}>
        <Button leftSection={<IconPlus aria-hidden size={16} />} onClick={() => setAdding(true)}>
          {words.new}
        </Button>
      </PageHeader>
      <DataTable
        label={words.title}
        queryKey={ordersKey}
        fetchPage={fetchOrders}
        columns={columns}
        rowName={(order) => order.subject ?? order.number ?? ''}
        defaultSort="-created_at"
        searchLabel={words.search}
        filters={filters}
        empty={words.empty}
      />
      {adding && <NewOrder onClose={() => setAdding(false)} />}
    </>
  )
}
