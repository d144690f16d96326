/** One status: its orders by due day, a page at a time. */
import { Button, Text } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { common } from '@/shared/i18n/en/common'
import { orderTasks } from '@/shared/i18n/en/orderTemplates'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { TextLink } from '@/shared/Link'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { RowMenu } from '@/shared/table/RowMenu'
import classes from './board.module.css'
import { Due, Priority } from './cells'
import { fetchOrders, ordersKey, type Status, type WorkOrder } from './queries'
import { NextTarget } from './sla'

const PAGE = 20

type Moves = {
  mayMove: boolean
  onDrag: (order: WorkOrder | null) => void
  onStep: (order: WorkOrder, by: 1 | -1) => void
  onMove: (order: WorkOrder, status: Status) => void
}

type Props = Moves & { status: Status; accepts: boolean; onDrop: () => void }

export function BoardColumn({ status, accepts, onDrop, ...moves }: Props) {
  const [over, setOver] = useState(false)
  const query = useInfiniteQuery({
    queryKey: [...ordersKey, 'board', status],
    queryFn: ({ pageParam, signal }) =>
      fetchOrders({ status, sort: 'due_on', page_size: PAGE, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const orders = query.data?.pages.flatMap((page) => page.items) ?? []
  const total = query.data?.pages[0]?.total ?? 0
  return (
    <section
      className={classes.column}
      aria-label={words.status[status]}
      data-accepts={accepts || undefined}
      data-over={(accepts && over) || undefined}
      onDragOver={(event) => {
        if (!accepts) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={() => {
        setOver(false)
        onDrop()
      }}
    >
      <h2 className={classes.head}>
        {words.status[status]} <span className={classes.count}>{total.toLocaleString('en-US')}</span>
      </h2>
      {query.isPending ? (
        <RowsSkeleton rows={2} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : orders.length === 0 ? (
        <Text size="xs" c="dimmed" px="xs">
          {words.board.none}
        </Text>
      ) : (
        <ul className={classes.cards}>
          {orders.map((order) => (
            <Card key={order.id} order={order} {...moves} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {words.board.more(Math.min(PAGE, total - orders.length))}
        </Button>
      )}
    </section>
  )
}

function Card({ order, mayMove, onDrag, onStep, onMove }: Moves & { order: WorkOrder }) {
  return (
    <li
      className={classes.card}
      draggable={mayMove}
      onDragStart={() => onDrag(order)}
      onDragEnd={() => onDrag(null)}
    >
      <div className={classes.title}>
        <TextLink
          to="/work-orders/$workOrderId"
          params={{ workOrderId: order.id }}
          fz="sm"
          fw={550}
          draggable={false}
          aria-keyshortcuts={mayMove ? 'Shift+ArrowLeft Shift+ArrowRight' : undefined}
          onKeyDown={(event) => {
            const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined
            if (!mayMove || !event.shiftKey || !by) return
            event.preventDefault()
            onStep(order, by)
          }}
        >
          {order.subject}
        </TextLink>
        {mayMove && (
          <RowMenu
            label={common.actionsOf(order.number!)}
            items={order.next_statuses.map((status) => ({
              label: words.moveTo(words.status[status]!),
              icon: <IconArrowRight size={16} stroke={1.6} aria-hidden />,
              onClick: () => onMove(order, status),
            }))}
          />
        )}
      </div>
      <Text size="xs" c="dimmed">
        <span className="num">{order.number}</span> · {order.client_name}
      </Text>
      <Text size="xs" component="div" className={classes.foot}>
        <span>{order.technician_name ?? words.form.nobody}</span>
        {order.due_on && <Due order={order} />}
        {order.sla.some((target) => target.met_at === null) && <NextTarget order={order} />}
        {order.tasks_total ? <span>{orderTasks.short(order.tasks_done ?? 0, order.tasks_total)}</span> : null}
        {(order.priority === 'high' || order.priority === 'critical') && (
          <Priority priority={order.priority} />
        )}
      </Text>
    </li>
  )
}
