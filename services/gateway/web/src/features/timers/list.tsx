/** The user's timers: pause, resume, discard, and stop, which opens the time dialog with the timer's hours. */
import { ActionIcon, Group, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { timers as words } from '@/shared/i18n/en/timers'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { formatQuantity } from '@/shared/money'
import { Clock } from './clock'
import {
  discard,
  pause,
  refreshTimers,
  resume,
  stop,
  type Timer,
  timersQuery,
  useTimerChange,
} from './queries'
import classes from './timers.module.css'

const TimeDialog = lazyPart(async () => (await import('@/features/workOrders/timeDialog')).TimeDialog)
const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true }

type Asked = { what: 'stop' | 'discard'; timer: Timer }
type Asks = { onAsk: (asked: Asked) => void }

/** `onAsk` opens a dialog of `useTimerDialogs`, which outlives the list when a popover with it closes. */
export function TimerList({ onAsk }: Asks) {
  const { data, dataUpdatedAt } = useQuery(timersQuery)
  return (
    <ul className={classes.timers}>
      {data?.items.map((timer) => (
        <Row key={timer.id} timer={timer} read={dataUpdatedAt} onAsk={onAsk} />
      ))}
    </ul>
  )
}

export function useTimerDialogs() {
  const [asked, ask] = useState<Asked | null>(null)
  const removal = useTimerChange(discard)
  const close = () => ask(null)
  const dialog = asked && asked.what === 'stop' && <Stop timer={asked.timer} onClose={close} />
  const question = asked && asked.what === 'discard' && (
    <ConfirmDialog
      title={words.discard(asked.timer.work_order_number)}
      text={words.discardText}
      action={words.discardAction}
      danger
      busy={removal.isPending}
      onConfirm={() => removal.mutate(asked.timer, { onSettled: close })}
      onClose={close}
    />
  )
  return { ask, dialogs: dialog || question }
}

type RowProps = Asks & { timer: Timer; read: number }

function Row({ timer, read, onAsk }: RowProps) {
  const change = useTimerChange(timer.running ? pause : resume)
  const name = timer.work_order_subject
  const Toggle = timer.running ? IconPlayerPause : IconPlayerPlay
  return (
    <li className={classes.timer}>
      <div>
        <TextLink
          to="/work-orders/$workOrderId"
          params={{ workOrderId: timer.work_order_id }}
          fz="sm"
          fw={550}
        >
          {name}
        </TextLink>
        <Text size="xs" c="dimmed">
          {timer.client_name} · {timer.running ? words.running : words.paused}
        </Text>
      </div>
      <Group gap={4} wrap="nowrap">
        <Text fw={600} size="sm">
          <Clock timer={timer} read={read} />
        </Text>
        <ActionIcon
          size="lg"
          loading={change.isPending}
          aria-label={timer.running ? words.pause(name) : words.resume(name)}
          onClick={() => change.mutate(timer)}
        >
          <Toggle {...icon} />
        </ActionIcon>
        <ActionIcon size="lg" aria-label={words.stop(name)} onClick={() => onAsk({ what: 'stop', timer })}>
          <IconPlayerStop {...icon} />
        </ActionIcon>
        <ActionIcon
          size="lg"
          aria-label={words.discardOf(name)}
          onClick={() => onAsk({ what: 'discard', timer })}
        >
          <IconTrash {...icon} />
        </ActionIcon>
      </Group>
    </li>
  )
}

/** The time dialog with the timer's hours. The timer ends when the time is logged, and goes on if it is not. */
function Stop({ timer, onClose }: { timer: Timer; onClose: () => void }) {
  const queries = useQueryClient()
  const order = { ...timer, id: timer.work_order_id, number: timer.work_order_number }
  return (
    <TimeDialog
      order={order}
      start={{ hours: formatQuantity(timer.hours), worked_on: timer.worked_on, note: timer.note ?? '' }}
      send={async (body, key) => {
        const logged = await stop(timer, body, key)
        await refreshTimers(queries)
        return logged
      }}
      onClose={onClose}
    />
  )
}
