import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { TextLink } from '@/shared/Link'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { Due, OrderStatus, Priority } from './cells'
import type { WorkOrder } from './queries'

const { fields } = words

const columns: SmallColumn<WorkOrder>[] = [
  {
    header: fields.subject!,
    cell: (order) => (
      <TextLink to="/work-orders/$workOrderId" params={{ workOrderId: order.id }} fz="sm" fw={550}>
        {order.subject}
      </TextLink>
    ),
  },
  { header: fields.number!, cell: (order) => <span className="num">{order.number}</span> },
  { header: fields.status!, cell: (order) => <OrderStatus status={order.status} /> },
  { header: fields.priority!, cell: (order) => <Priority priority={order.priority!} /> },
  { header: fields.technician_id!, cell: (order) => order.technician_name ?? '—' },
  { header: fields.due_on!, cell: (order) => <Due order={order} /> },
]

/** A few orders inside another page. */
export function OrderRows({ label, orders }: { label: string; orders: WorkOrder[] }) {
  return <SmallTable label={label} columns={columns} rows={orders} rowKey={(order) => order.id} />
}
