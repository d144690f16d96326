import { Text } from '@mantine/core'
import { daysUntil, formatDate } from '@/shared/dates'
import { invoices } from '@/shared/i18n/en/invoices'
import { TextLink } from '@/shared/Link'
import { formatMoney } from '@/shared/money'
import type { Column } from '@/shared/table/types'
import type { InvoiceSummary } from './queries'
import { InvoiceStatus, isOpen } from './status'

const { fields } = invoices

export function Due({ invoice }: { invoice: Pick<InvoiceSummary, 'due_on' | 'status' | 'balance'> }) {
  if (!invoice.due_on) return '—'
  if (!isOpen(invoice)) return formatDate(invoice.due_on)
  const days = daysUntil(invoice.due_on)
  return (
    <>
      {formatDate(invoice.due_on)}{' '}
      <Text span size="xs" c={days < 0 ? 'var(--mantine-color-error)' : 'dimmed'}>
        {invoices.dueIn(days)}
      </Text>
    </>
  )
}

export const invoiceColumns: Column<InvoiceSummary>[] = [
  {
    id: 'number',
    header: fields.number,
    sort: 'number',
    card: 'title',
    width: '9.5rem',
    cell: (invoice) => (
      <TextLink
        to="/invoices/$invoiceId"
        params={{ invoiceId: invoice.id }}
        fw={550}
        className="num"
        data-row-link
      >
        {invoice.number ?? invoices.draft}
      </TextLink>
    ),
  },
  {
    id: 'client',
    header: fields.client,
    sort: 'client_name',
    cell: (invoice) => invoice.client_name,
  },
  {
    id: 'status',
    header: fields.status,
    sort: 'status',
    card: 'corner',
    width: '8rem',
    cell: (invoice) => <InvoiceStatus invoice={invoice} />,
  },
  {
    id: 'issued_on',
    header: fields.issued_on,
    sort: 'issued_on',
    width: '8.5rem',
    cell: (invoice) => <span className="num">{formatDate(invoice.issued_on)}</span>,
  },
  {
    id: 'due_on',
    header: fields.due_on,
    sort: 'due_on',
    width: '13rem',
    cell: (invoice) => (
      <span className="num">
        <Due invoice={invoice} />
      </span>
    ),
  },
  {
    id: 'total',
    header: fields.total,
    sort: 'total',
    align: 'right',
    width: '9rem',
    cell: (invoice) => formatMoney(invoice.total, invoice.currency),
  },
  {
    id: 'balance',
    header: fields.balance,
    sort: 'balance',
    align: 'right',
    width: '9rem',
    cell: (invoice) => (
      <Text span size="sm" fw={isOpen(invoice) ? 570 : 400} c={isOpen(invoice) ? undefined : 'dimmed'}>
        {formatMoney(invoice.balance, invoice.currency)}
      </Text>
    ),
  },
]
