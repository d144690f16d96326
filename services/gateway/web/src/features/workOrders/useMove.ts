import { useQueryClient } from '@tanstack/react-query'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { notifyDone, notifyError } from '@/shared/notify'
import { moveOrder, orderQuery, refreshWork, type Status, type WorkOrder } from './queries'

/** Moves an order to a status and offers to move it back, where that is possible. */
export function useMove() {
  const queries = useQueryClient()
  return async function move(order: WorkOrder, status: Status): Promise<void> {
    try {
      const moved = await moveOrder(order, status)
      queries.setQueryData(orderQuery(moved.id).queryKey, moved)
      const back = moved.next_statuses.includes(order.status)
        ? () => void move(moved, order.status)
        : undefined
      notifyDone(words.moved(moved.number!, words.status[moved.status]!), back)
    } catch (error) {
      notifyError(error)
    }
    await refreshWork(queries)
  }
}
