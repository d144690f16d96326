import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { FormAnswers } from '@/features/workOrders/formAnswers'
import { Crumbs } from '@/shared/Crumbs'
import { formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { portal } from '@/shared/i18n/en/portal'
import { formatQuantity } from '@/shared/money'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { PortalConversation } from './conversation'
import { orderQuery } from './orderQueries'
import { OrderStatus } from './orderStatus'
import classes from './portal.module.css'

const words = portal.orders
const { fields } = words

export function PortalOrder() {
  const { workOrderId } = useParams({ strict: false }) as { workOrderId: string }
  const query = useQuery(orderQuery(workOrderId))
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  const order = query.data
  return (
    <>
      <PageHeader
        title={order.subject ?? order.number ?? ''}
        badge={<OrderStatus status={order.status} />}
        above={<Crumbs to={'/work-orders' as never} label={words.title} />}
      />
      <Stack gap="md">
        <Section title={order.number ?? ''}>
          <Facts
            facts={[
              [fields.service_id, order.service_name],
              [fields.priority, words.priorities[order.priority]],
              [fields.technician, order.technician_name],
              [fields.by, order.created_by_name],
              [fields.created_at, formatInstant(order.created_at)],
              [fields.resolved_at, order.resolved_at && formatInstant(order.resolved_at)],
              [fields.hours, formatQuantity(order.hours_logged)],
            ]}
          />
        </Section>
        <FormAnswers orderId={order.id} />
        {order.description && (
          <Section title={fields.description}>
            <Text size="sm" className={classes.how}>
              {order.description}
            </Text>
          </Section>
        )}
        <PortalConversation order={order} />
      </Stack>
    </>
  )
}
