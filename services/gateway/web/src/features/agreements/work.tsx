/** What was done under the agreement: its newest work orders and all of its time. */
import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { formatDate } from '@/shared/dates'
import { agreements } from '@/shared/i18n/en/agreements'
import { TextLink } from '@/shared/Link'
import { formatQuantity } from '@/shared/money'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { DataTable } from '@/shared/table/DataTable'
import { SmallTable } from '@/shared/table/SmallTable'
import type { Column } from '@/shared/table/types'
import { type Agreement, agreementsKey, fetchTime, newestOrdersQuery, type TimeEntry } from './queries'

const words = agreements.work

const hours = (value: string) => <span className="num">{formatQuantity(value)}</span>

const columns: Column<TimeEntry>[] = [
  {
    id: 'worked_on',
    header: words.day,
    sort: 'worked_on',
    card: 'title',
    width: '8rem',
    cell: (entry) => <span className="num">{formatDate(entry.worked_on)}</span>,
  },
  {
    id: 'work_order',
    header: agreements.ledger.fields.work_order,
    width: '9rem',
    cell: (entry) => <OrderLink id={entry.work_order_id} number={entry.work_order_number} />,
  },
  { id: 'service', header: agreements.services.service, cell: (entry) => entry.service_name ?? '—' },
  { id: 'technician', header: words.technician, cell: (entry) => entry.technician_name ?? '—' },
  {
    id: 'hours',
    header: words.worked,
    align: 'right',
    card: 'corner',
    width: '8rem',
    cell: (entry) => hours(entry.hours),
  },
  {
    id: 'covered',
    header: words.covered,
    align: 'right',
    width: '7rem',
    cell: (entry) => hours(entry.covered_hours),
  },
  {
    id: 'overage',
    header: words.overage,
    align: 'right',
    width: '7rem',
    cell: (entry) => hours(entry.overage_hours),
  },
  {
    id: 'billable',
    header: words.billable,
    align: 'right',
    width: '7rem',
    cell: (entry) => hours(entry.billable_hours),
  },
  { id: 'note', header: agreements.ledger.fields.note, optional: true, cell: (entry) => entry.note ?? '—' },
  { id: 'invoice', header: words.invoice, width: '9rem', cell: (entry) => entry.invoice_number ?? '—' },
]

function OrderLink({ id, number }: { id: string; number: string }) {
  return (
    <TextLink to="/work-orders/$workOrderId" params={{ workOrderId: id }} className="num" fz="sm">
      {number}
    </TextLink>
  )
}

export function Work({ agreement }: { agreement: Agreement }) {
  const fetchPage = useMemo(() => fetchTime(agreement.id), [agreement.id])
  return (
    <Stack gap="md">
      <Orders agreement={agreement} />
      <DataTable
        label={words.time}
        queryKey={[...agreementsKey, 'time', agreement.id]}
        fetchPage={fetchPage}
        columns={columns}
        rowName={(entry) => entry.work_order_number}
        defaultSort="-worked_on"
        searchLabel={words.searchTime}
        empty={agreements.noTime}
      />
    </Stack>
  )
}

function Orders({ agreement }: { agreement: Agreement }) {
  const query = useQuery(newestOrdersQuery(agreement.id))
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  const orders = query.data?.items ?? []
  return (
    <Section title={words.orders} flush>
      {query.isPending ? (
        <RowsSkeleton rows={3} />
      ) : orders.length === 0 ? (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {words.noOrders}
        </Text>
      ) : (
        <SmallTable
          label={words.orders}
          rows={orders}
          rowKey={(order) => order.id}
          columns={[
            {
              header: agreements.fields.number,
              cell: (order) => <OrderLink id={order.id} number={order.number!} />,
            },
            { header: words.subject, cell: (order) => order.subject },
            {
              header: agreements.fields.status,
              cell: (order) => words.statuses[order.status] ?? order.status,
            },
            { header: words.technician, cell: (order) => order.technician_name ?? '—' },
            { header: words.worked, align: 'right', cell: (order) => hours(order.hours_logged) },
          ]}
        />
      )}
      {query.data?.total && query.data.total > orders.length && (
        <Text size="xs" c="dimmed" px="md" py="xs">
          {words.newest(orders.length, query.data.total)}
        </Text>
      )}
    </Section>
  )
}
