import { Text } from '@mantine/core'
import { formatDate, formatInstant } from '@/shared/dates'
import { payments } from '@/shared/i18n/en/invoices'
import { paymentPages as words } from '@/shared/i18n/en/paymentPages'
import { TextLink } from '@/shared/Link'
import { formatMoney, isZero } from '@/shared/money'
import type { Column } from '@/shared/table/types'
import type { Payment } from './queries'

const { fields } = words

export const paymentColumns: Column<Payment>[] = [
  {
    id: 'amount',
    header: fields.amount,
    sort: 'amount',
    card: 'title',
    width: '10rem',
    cell: (payment) => (
      <TextLink
        to="/payments/$paymentId"
        params={{ paymentId: payment.id }}
        fw={550}
        className="num"
        data-row-link
      >
        {formatMoney(payment.amount, payment.currency ?? 'USD')}
      </TextLink>
    ),
  },
  {
    id: 'client',
    header: fields.client,
    cell: (payment) => (
      <TextLink to="/clients/$clientId" params={{ clientId: payment.client_id }} fz="sm">
        {payment.client_name ?? payment.client_id}
      </TextLink>
    ),
  },
  {
    id: 'received_on',
    header: fields.received_on,
    sort: 'received_on',
    width: '9rem',
    cell: (payment) => <span className="num">{formatDate(payment.received_on)}</span>,
  },
  {
    id: 'method',
    header: fields.method,
    width: '9rem',
    cell: (payment) => payments.methods[payment.method] ?? payment.method,
  },
  { id: 'reference', header: fields.reference, cell: (payment) => payment.reference ?? '—' },
  {
    id: 'unallocated',
    header: fields.unallocated,
    align: 'right',
    width: '9rem',
    cell: (payment) => (
      <Text span size="sm" c={isZero(payment.unallocated) ? 'dimmed' : undefined}>
        {formatMoney(payment.unallocated, payment.currency ?? 'USD')}
      </Text>
    ),
  },
  {
    id: 'created_at',
    header: fields.recorded,
    sort: 'created_at',
    optional: true,
    cell: (payment) => <span className="num">{formatInstant(payment.created_at)}</span>,
  },
]
