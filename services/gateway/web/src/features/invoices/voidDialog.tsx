/** Voids an invoice. One with payments says why it cannot be voided yet, and offers to unapply them. */
import { Alert, Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { UnapplyDialog } from '@/features/payments/unapply'
import { formatDate } from '@/shared/dates'
import { ConfirmDialog } from '@/shared/form/ConfirmDialog'
import { Dialog } from '@/shared/form/Dialog'
import { common } from '@/shared/i18n/en/common'
import { invoices, payments } from '@/shared/i18n/en/invoices'
import { paymentPages } from '@/shared/i18n/en/paymentPages'
import { formatMoney } from '@/shared/money'
import { SmallTable } from '@/shared/table/SmallTable'
import type { AppliedPayment, Invoice } from './queries'

const words = invoices.confirm.void

type Props = { invoice: Invoice; busy: boolean; onConfirm: () => void; onClose: () => void }

export function VoidDialog({ invoice, busy, onConfirm, onClose }: Props) {
  const [unapplied, setUnapplied] = useState<AppliedPayment | null>(null)
  if (invoice.payments.length === 0)
    return (
      <ConfirmDialog
        title={words.titleOf(invoice.number ?? '')}
        text={words.text}
        action={invoices.void}
        danger
        busy={busy}
        onConfirm={onConfirm}
        onClose={onClose}
      />
    )
  if (unapplied)
    return (
      <UnapplyDialog
        payment={{ ...unapplied, id: unapplied.payment_id, currency: invoice.currency }}
        invoices={null}
        onClose={() => setUnapplied(null)}
      />
    )
  return (
    <Dialog onClose={onClose} title={words.notYet(invoice.number ?? '')} size="lg" centered>
      <Stack gap="sm">
        <Alert color="orange">{words.hasPayments}</Alert>
        <SmallTable
          label={payments.history}
          rows={invoice.payments}
          rowKey={(payment) => `${payment.payment_id} ${payment.amount}`}
          columns={[
            {
              header: payments.fields.received_on,
              cell: (payment) => <span className="num">{formatDate(payment.received_on)}</span>,
            },
            {
              header: payments.fields.method,
              cell: (payment) => payments.methods[payment.method] ?? payment.method,
            },
            {
              header: payments.fields.amount,
              align: 'right',
              cell: (payment) => formatMoney(payment.amount, invoice.currency),
            },
            {
              header: common.actions,
              align: 'right',
              cell: (payment) => (
                <Button size="compact-sm" variant="default" onClick={() => setUnapplied(payment)}>
                  {paymentPages.unapply.action}
                </Button>
              ),
            },
          ]}
        />
        <Text size="xs" c="dimmed">
          {words.afterwards}
        </Text>
      </Stack>
    </Dialog>
  )
}
