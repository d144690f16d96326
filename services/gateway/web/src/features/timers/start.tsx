import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { timers as words } from '@/shared/i18n/en/timers'
import { notifyDone } from '@/shared/notify'
import { begin, timersQuery, useTimerChange } from './queries'

type Order = { id: string; subject?: string | null }

/** Starts a timer on the order, and pauses the one that runs. Not shown once the order has a timer. */
export function StartTimer({ order, short = false }: { order: Order; short?: boolean }) {
  const items = useQuery(timersQuery).data?.items
  const change = useTimerChange(begin)
  if (!items || items.some((timer) => timer.work_order_id === order.id)) return null
  return (
    <Button
      variant="default"
      size={short ? 'sm' : undefined}
      loading={change.isPending}
      leftSection={<IconPlayerPlay aria-hidden size={15} />}
      aria-label={short ? words.startOn(order.subject ?? '') : undefined}
      onClick={() =>
        change.mutate(order.id, { onSuccess: (timer) => notifyDone(words.started(timer.work_order_number)) })
      }
    >
      {short ? words.timer : words.start}
    </Button>
  )
}
