/** A client's open work orders and its latest time. */
import { Button, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Client } from '@/features/clients/queries'
import { formatDate } from '@/shared/dates'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { formatQuantity } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { useKey } from '@/shared/useKey'
import { OrderRows } from './orderRows'
import { openOrdersOf, type TimeEntry, timeOfClient } from './queries'

const OrderForm = lazyPart(async () => (await import('./orderForm')).OrderForm)

const { client: texts, time } = words

const timeColumns: SmallColumn<TimeEntry>[] = [
  { header: time.worked_on, cell: (entry) => <span className="num">{formatDate(entry.worked_on)}</span> },
  {
    header: words.fields.number!,
    cell: (entry) => (
      <TextLink to="/work-orders/$workOrderId" params={{ workOrderId: entry.work_order_id }} fz="sm">
        {entry.work_order_number}
      </TextLink>
    ),
  },
  { header: time.service, cell: (entry) => entry.service_name ?? '—' },
  { header: time.technician, cell: (entry) => entry.technician_name ?? '—' },
  { header: time.note, cell: (entry) => entry.note ?? '—' },
  { header: time.worked, align: 'right', cell: (entry) => formatQuantity(entry.worked_hours) },
  { header: time.covered, align: 'right', cell: (entry) => formatQuantity(entry.covered_hours) },
  { header: time.toBill, align: 'right', cell: (entry) => formatQuantity(entry.billable_hours) },
]

export function ClientWork({ client }: { client: Client }) {
  const mayWrite = useMay('time.write') && client.status !== 'archived'
  const [adding, setAdding] = useState(false)
  useKey('n', () => mayWrite && setAdding(true))
  const orders = useQuery(openOrdersOf(client.id))
  const entries = useQuery(timeOfClient(client.id))
  return (
    <Stack gap="md">
      <Section
        title={texts.title}
        flush
        action={
          <>
            <TextLink to="/work-orders" search={{ client_id: client.id, status: '' } as never} size="xs">
              {texts.all}
            </TextLink>
            {mayWrite && (
              <Button
                leftSection={<IconPlus aria-hidden size={14} />}
                aria-keyshortcuts="n"
                onClick={() => setAdding(true)}
              >
                {words.new}
              </Button>
            )}
          </>
        }
      >
        <Loaded query={orders} none={texts.none}>
          {(rows) => <OrderRows label={texts.title} orders={rows} />}
        </Loaded>
      </Section>
      <Section title={texts.time} flush>
        <Loaded query={entries} none={texts.noTime}>
          {(rows) => (
            <SmallTable label={texts.time} columns={timeColumns} rows={rows} rowKey={(entry) => entry.id} />
          )}
        </Loaded>
      </Section>
      {adding && <OrderForm clientId={client.id} onClose={() => setAdding(false)} />}
    </Stack>
  )
}

type LoadedProps<T> = {
  query: UseQueryResult<{ items: T[] }>
  none: string
  children: (rows: T[]) => ReactNode
}

/** A few rows: a skeleton, an error, a text where there are none, or the rows. */
function Loaded<T>({ query, none, children }: LoadedProps<T>) {
  if (query.isPending) return <RowsSkeleton rows={3} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  if (query.data.items.length > 0) return children(query.data.items)
  return (
    <Text size="sm" c="dimmed" p="md">
      {none}
    </Text>
  )
}
