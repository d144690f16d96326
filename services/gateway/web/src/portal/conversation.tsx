/** What was written on a client's work order, and the box for an answer. */
import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { TimelineEntry } from '@/shared/conversation/queries'
import { ReplyBox } from '@/shared/conversation/ReplyBox'
import { Timeline } from '@/shared/conversation/Timeline'
import { conversation } from '@/shared/i18n/en/conversation'
import { portal } from '@/shared/i18n/en/portal'
import { Section } from '@/shared/Section'
import { type Order, ordersKey } from './orderQueries'

const words = conversation.portal
const { statuses } = portal.orders

export function PortalConversation({ order }: { order: Order }) {
  const queries = useQueryClient()
  return (
    <Section title={words.title} flush>
      {order.status === 'closed' ? (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {words.closed}
        </Text>
      ) : (
        <ReplyBox
          orderId={order.id}
          label={words.label}
          actions={[{ label: words.send, done: words.sent }]}
          onSent={() => queries.invalidateQueries({ queryKey: ordersKey })}
        />
      )}
      <Timeline orderId={order.id} queryKey={[...ordersKey, order.id, 'timeline']} describe={describe} />
    </Section>
  )
}

function describe({ status_change: change }: TimelineEntry) {
  return change && conversation.moved(statuses[change.from_status]!, statuses[change.to_status]!)
}
