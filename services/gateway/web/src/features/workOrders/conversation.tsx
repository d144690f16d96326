/** The order's timeline, with the box for internal notes and replies to the client. */
import { useQueryClient } from '@tanstack/react-query'
import { addWorkOrderNote, listWorkOrderTimeline } from '@/api/gen'
import { ReplyBox } from '@/shared/conversation/ReplyBox'
import { Timeline, type TimelineEntry } from '@/shared/conversation/Timeline'
import { conversation as words } from '@/shared/i18n/en/conversation'
import { workOrders } from '@/shared/i18n/en/workOrders'
import { formatQuantity } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ordersKey, refreshWork, type WorkOrder } from './queries'

export function Conversation({ order }: { order: WorkOrder }) {
  const queries = useQueryClient()
  const mayWrite = useMay('time.write')
  const path = { work_order_id: order.id }
  return (
    <Section title={words.title} flush>
      {mayWrite && (
        <ReplyBox
          label={words.note}
          actions={[
            { label: words.addInternal, visible: false, done: words.added },
            { label: words.reply, visible: true, done: words.replied },
          ]}
          send={(body, key) => addWorkOrderNote({ path, body, headers: { 'Idempotency-Key': key } })}
          onSent={() => refreshWork(queries)}
        />
      )}
      <Timeline
        queryKey={[...ordersKey, 'timeline', order.id]}
        fetchPage={(cursor, signal) =>
          listWorkOrderTimeline({ path, query: { cursor, page_size: 30 }, signal })
        }
        describe={describe}
        marksAudience
      />
    </Section>
  )
}

function describe({ status_change: change, time }: TimelineEntry) {
  if (change) return words.moved(workOrders.status[change.from_status]!, workOrders.status[change.to_status]!)
  return time && words.logged(formatQuantity(time.worked_hours), time.service_name)
}
