/** What was written on a client's work order, and the box for an answer. */
import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { addWorkOrderNote, listWorkOrderTimeline } from '@/api/gen'
import { ReplyBox } from '@/shared/conversation/ReplyBox'
import { Timeline, type TimelineEntry } from '@/shared/conversation/Timeline'
import { conversation } from '@/shared/i18n/en/conversation'
import { portal } from '@/shared/i18n/en/portal'
import { Section } from '@/shared/Section'
import { type Order, ordersKey } from './orderQueries'

const words = conversation.portal
const { statuses } = portal.orders

export function PortalConversation({ order }: { order: Order }) {
  const queries = useQueryClient()
  const path = { work_order_id: order.id }
  return (
    <Section title={words.title} flush>
      {order.status === 'closed' ? (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {words.closed}
        </Text>
      ) : (
        <ReplyBox
          label={words.label}
          actions={[{ label: words.send, done: words.sent }]}
          send={(body, key) => addWorkOrderNote({ path, body, headers: { 'Idempotency-Key': key } })}
          onSent={() => queries.invalidateQueries({ queryKey: ordersKey })}
        />
      )}
      <Timeline
        queryKey={[...ordersKey, order.id, 'timeline']}
        fetchPage={(cursor, signal) =>
          listWorkOrderTimeline({ path, query: { cursor, page_size: 30 }, signal })
        }
        describe={describe}
      />
    </Section>
  )
}

function describe({ status_change: change }: TimelineEntry) {
  return change && conversation.moved(statuses[change.from_status]!, statuses[change.to_status]!)
}
