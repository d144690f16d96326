/** Small parts that lists, the board and pages show alike. */
import { Badge, Text } from '@mantine/core'
import { formatDate, today } from '@/shared/dates'
import { workOrders as words } from '@/shared/i18n/en/workOrders'

const STATUS: Record<string, string> = {
  new: 'blue',
  assigned: 'blue',
  in_progress: 'evergreen',
  waiting_client: 'yellow',
  resolved: 'gray',
  closed: 'gray',
}
const PRIORITY: Record<string, string> = { critical: 'red', high: 'orange' }

export function OrderStatus({ status }: { status: string }) {
  return <Badge color={STATUS[status] ?? 'gray'}>{words.status[status] ?? status}</Badge>
}

/** Only what is urgent has a color. */
export function Priority({ priority }: { priority: string }) {
  const color = PRIORITY[priority]
  const name = words.priority[priority] ?? priority
  return color ? <Badge color={color}>{name}</Badge> : <span>{name}</span>
}

export function Due({
  order,
}: {
  order: { due_on: string | null; next_statuses: string[]; status: string }
}) {
  if (!order.due_on) return <>—</>
  const done = order.status === 'resolved' || order.status === 'closed'
  const late = !done && order.due_on < today()
  const now = !done && order.due_on === today()
  return (
    <Text span inherit c={late ? 'var(--mantine-color-error)' : undefined} className="num">
      {formatDate(order.due_on)}
      {late && ` (${words.overdue})`}
      {now && ` (${words.today})`}
    </Text>
  )
}
