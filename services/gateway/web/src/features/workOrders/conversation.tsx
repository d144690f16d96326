/** The order's timeline, with the box for internal notes and replies to the client. */
import { useQueryClient } from '@tanstack/react-query'
import type { TimelineEntry } from '@/shared/conversation/queries'
import { ReplyBox } from '@/shared/conversation/ReplyBox'
import { Timeline } from '@/shared/conversation/Timeline'
import { conversation as words } from '@/shared/i18n/en/conversation'
import { workOrders } from '@/shared/i18n/en/workOrders'
import { formatQuantity } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ordersKey, refreshWork, type WorkOrder } from './queries'

export function Conversation({ order }: { order: WorkOrder }) {
  const queries = useQueryClient()
  const mayWrite = useMay('time.write')
  return (
    <Section title={words.title} flush>
      {mayWrite && (
        <ReplyBox
          orderId={order.id}
          label={words.note}
          actions={[
            { label: words.addInternal, visible: false, done: words.added },
            { label: words.reply, visible: true, done: words.replied },
          ]}
          onSent={() => refreshWork(queries)}
        />
      )}
      <Timeline
        orderId={order.id}
        queryKey={[...ordersKey, 'timeline', order.id]}
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
