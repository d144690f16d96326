/** A technician's day: their open orders by due day, each with a way to log time, and today's hours. */
import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconClockPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { TimerList, useTimerDialogs } from '@/features/timers/list'
import { timersQuery } from '@/features/timers/queries'
import { StartTimer } from '@/features/timers/start'
import { Due, OrderStatus, Priority } from '@/features/workOrders/cells'
import { myOrdersQuery, type WorkOrder } from '@/features/workOrders/queries'
import { NextTarget } from '@/features/workOrders/sla'
import { today } from '@/shared/dates'
import { timers } from '@/shared/i18n/en/timers'
import { timeSheets } from '@/shared/i18n/en/timeSheets'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { formatQuantity } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useUser } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { Entries } from './entries'
import classes from './myDay.module.css'
import { sheetQuery } from './queries'
import { QuickEntry } from './quickEntry'

const TimeDialog = lazyPart(async () => (await import('@/features/workOrders/timeDialog')).TimeDialog)

const words = timeSheets.myDay

export function MyDay() {
  const me = useUser()
  const [logged, setLogged] = useState<WorkOrder | null>(null)
  if (!me) return null
  return (
    <Stack gap="md">
      <QuickEntry />
      <Timers />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <MyOrders me={me.id} onLog={setLogged} />
        <Today />
      </SimpleGrid>
      {logged && <TimeDialog order={logged} onClose={() => setLogged(null)} />}
    </Stack>
  )
}

/** Shown while there are timers. */
function Timers() {
  const { ask, dialogs } = useTimerDialogs()
  const some = (useQuery(timersQuery).data?.items.length ?? 0) > 0
  return (
    <>
      {some && (
        <Section title={timers.title} flush>
          <TimerList onAsk={ask} />
        </Section>
      )}
      {dialogs}
    </>
  )
}

function MyOrders({ me, onLog }: { me: string; onLog: (order: WorkOrder) => void }) {
  const query = useQuery(myOrdersQuery(me))
  const all = (
    <TextLink to="/work-orders" search={{ technician_id: me } as never} size="xs">
      {words.all}
    </TextLink>
  )
  return (
    <Section title={words.orders} action={all} flush>
      {query.isPending ? (
        <RowsSkeleton rows={4} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {words.none}
        </Text>
      ) : (
        <ul className={classes.orders}>
          {query.data.items.map((order) => (
            <Order key={order.id} order={order} onLog={() => onLog(order)} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function Order({ order, onLog }: { order: WorkOrder; onLog: () => void }) {
  return (
    <li className={classes.order}>
      <div>
        <TextLink to="/work-orders/$workOrderId" params={{ workOrderId: order.id }} fz="sm" fw={550}>
          {order.subject}
        </TextLink>
        <Group gap="xs" fz="xs">
          <span>{order.client_name}</span>
          <OrderStatus status={order.status} />
          {(order.priority === 'high' || order.priority === 'critical') && (
            <Priority priority={order.priority} />
          )}
          {order.due_on && <Due order={order} />}
          {order.sla_due_at && <NextTarget order={order} />}
        </Group>
      </div>
      <Group gap="xs" justify="flex-end">
        <StartTimer order={order} short />
        <Button
          variant="default"
          size="sm"
          leftSection={<IconClockPlus aria-hidden size={16} />}
          aria-label={words.logOn(order.subject!)}
          onClick={onLog}
        >
          {words.log}
        </Button>
      </Group>
    </li>
  )
}

function Today() {
  const query = useQuery(sheetQuery(today()))
  const day = query.data?.days.find((one) => one.day === today())
  const sheet = (
    <Group gap="sm">
      {day && (
        <Text fw={600} className="num">
          {words.hours(formatQuantity(day.hours))}
        </Text>
      )}
      <TextLink to="/time" size="xs">
        {words.sheet}
      </TextLink>
    </Group>
  )
  return (
    <Section title={words.today} action={sheet} flush>
      {query.isPending ? (
        <RowsSkeleton rows={3} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !day || day.entries.length === 0 ? (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {words.nothing}
        </Text>
      ) : (
        <Entries label={words.today} entries={day.entries} />
      )}
    </Section>
  )
}
