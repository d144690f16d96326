import { formatInstant } from '@/shared/dates'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { TextLink } from '@/shared/Link'
import { formatQuantity } from '@/shared/money'
import type { Column } from '@/shared/table/types'
import { Due, OrderStatus, Priority } from './cells'
import type { WorkOrder } from './queries'
import { NextTarget } from './sla'

const { fields } = words

export const orderColumns: Column<WorkOrder>[] = [
  {
    id: 'subject',
    header: fields.subject!,
    sort: 'subject',
    card: 'title',
    cell: (order) => (
      <TextLink
        to="/work-orders/$workOrderId"
        params={{ workOrderId: order.id }}
        fw={550}
        fz="sm"
        data-row-link
      >
        {order.subject}
      </TextLink>
    ),
  },
  {
    id: 'number',
    header: fields.number!,
    sort: 'number',
    width: '7.5rem',
    cell: (order) => <span className="num">{order.number}</span>,
  },
  {
    id: 'status',
    header: fields.status!,
    sort: 'status',
    card: 'corner',
    width: '9rem',
    cell: (order) => <OrderStatus status={order.status} />,
  },
  {
    id: 'client',
    header: fields.client!,
    cell: (order) => (
      <TextLink to="/clients/$clientId" params={{ clientId: order.client_id! }} fz="sm">
        {order.client_name ?? order.client_id}
      </TextLink>
    ),
  },
  {
    id: 'priority',
    header: fields.priority!,
    width: '7rem',
    cell: (order) => <Priority priority={order.priority} />,
  },
  {
    id: 'technician',
    header: fields.technician_id!,
    cell: (order) => order.technician_name ?? '—',
  },
  {
    id: 'due_on',
    header: fields.due_on!,
    sort: 'due_on',
    width: '9rem',
    cell: (order) => <Due order={order} />,
  },
  {
    id: 'sla',
    header: words.sla.column,
    sort: 'sla_due_at',
    width: '13rem',
    cell: (order) => <NextTarget order={order} />,
  },
  {
    id: 'hours',
    header: fields.hours_logged!,
    align: 'right',
    width: '7rem',
    cell: (order) => <span className="num">{formatQuantity(order.hours_logged)}</span>,
  },
  {
    id: 'tasks',
    header: fields.tasks!,
    align: 'right',
    width: '5.5rem',
    cell: ({ tasks_done, tasks_total }) =>
      tasks_total ? (
        <span className="num">
          {tasks_done}/{tasks_total}
        </span>
      ) : (
        '—'
      ),
  },
  { id: 'service', header: fields.service_id!, optional: true, cell: (order) => order.service_name ?? '—' },
  {
    id: 'agreement',
    header: fields.agreement_id!,
    optional: true,
    cell: (order) => order.agreement_number ?? '—',
  },
  {
    id: 'created_at',
    header: fields.created_at!,
    sort: 'created_at',
    optional: true,
    cell: (order) => <span className="num">{formatInstant(order.created_at)}</span>,
  },
  {
    id: 'updated_at',
    header: fields.updated_at!,
    sort: 'updated_at',
    optional: true,
    cell: (order) => <span className="num">{formatInstant(order.updated_at)}</span>,
  },
]
