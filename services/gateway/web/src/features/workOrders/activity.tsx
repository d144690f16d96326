import { listWorkOrderActivity } from '@/api/gen'
import { Activity } from '@/shared/activity/Activity'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { ordersKey, type WorkOrder } from './queries'

export function OrderActivity({ order }: { order: WorkOrder }) {
  return (
    <Activity
      queryKey={[...ordersKey, 'activity', order.id]}
      labels={words.fields}
      fetchPage={(cursor, signal) =>
        listWorkOrderActivity({
          path: { work_order_id: order.id },
          query: { cursor, page_size: 30 },
          signal,
        })
      }
    />
  )
}
