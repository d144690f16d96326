import { Text } from '@mantine/core'
import { formatDate } from '@/shared/dates'
import { payments } from '@/shared/i18n/en/invoices'
import { formatMoney } from '@/shared/money'
import { Section } from '@/shared/Section'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import type { AppliedPayment, Invoice } from './queries'

const { fields } = payments

const columns = (currency: string): SmallColumn<AppliedPayment>[] => [
  {
    header: fields.received_on,
    cell: (payment) => <span className="num">{formatDate(payment.received_on)}</span>,
  },
  { header: fields.method, cell: (payment) => payments.methods[payment.method] ?? payment.method },
  { header: fields.reference, cell: (payment) => payment.reference ?? '—' },
  { header: fields.amount, align: 'right', cell: (payment) => formatMoney(payment.amount, currency) },
]

export function PaymentHistory({ invoice }: { invoice: Invoice }) {
  return (
    <Section title={payments.history} flush>
      {invoice.payments.length === 0 ? (
        <Text c="dimmed" px="md" pb="md" size="sm">
          {payments.none}
        </Text>
      ) : (
        <SmallTable
          label={payments.history}
          columns={columns(invoice.currency)}
          rows={invoice.payments}
          rowKey={(payment) => `${payment.payment_id} ${payment.amount}`}
        />
      )}
    </Section>
  )
}
