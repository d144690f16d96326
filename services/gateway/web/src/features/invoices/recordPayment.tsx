/**
 * Records a payment. The idempotency key belongs to the opened dialog, so a double click, or a second try after a
 * lost answer, pays once. Only a definite refusal (4xx: nothing was written) makes a new key, for a corrected body.
 */
import { Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { idempotencyKey } from '@/api/keys'
import { ApiError } from '@/api/problem'
import { today } from '@/shared/dates'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { payments } from '@/shared/i18n/en/invoices'
import { compareDecimals, formatMoney } from '@/shared/money'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readDecimal } from '@/shared/numbers'
import { type Invoice, invoicesKey, paymentBody, recordPayment } from './queries'

const { fields } = payments
const methods = Object.entries(payments.methods).map(([value, label]) => ({ value, label }))

export function RecordPayment({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const queries = useQueryClient()
  const key = useRef(idempotencyKey())
  const running = useRef(false)
  const { form, busy, failure, confirming, submit } = useApiForm({
    initialValues: { amount: invoice.balance, method: 'check', reference: '', received_on: today() },
    validate: {
      amount: (amount) =>
        numberProblem(amount, { kind: 'money', currency: invoice.currency, above: '0', exact: true }),
    },
  })

  async function save() {
    if (running.current) return
    running.current = true
    const done = await submit(async (values, { confirm }) => {
      const body = { ...paymentBody(invoice, { ...values, amount: readDecimal(values.amount)! }), confirm }
      try {
        await recordPayment(body, key.current)
      } catch (error) {
        if (error instanceof ApiError && error.status >= 400 && error.status < 500)
          key.current = idempotencyKey()
        if (error instanceof ApiError && error.unreachable)
          throw new ApiError(503, { detail: payments.unknown, title: payments.unknown })
        throw error
      }
      await queries.invalidateQueries({ queryKey: invoicesKey })
    })
    running.current = false
    if (!done) return
    notifyDone(payments.recorded(formatMoney(readDecimal(form.getValues().amount), invoice.currency)))
    onClose()
  }

  const amount = readDecimal(form.getValues().amount)
  const over = amount !== null && compareDecimals(amount, invoice.balance) > 0
  return (
    <FormDialog
      title={payments.title}
      action={payments.record}
      busy={busy}
      failure={failure}
      confirming={confirming}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <Group grow align="flex-start">
        <NumberField
          kind="money"
          currency={invoice.currency}
          label={`${fields.amount} (${invoice.currency})`}
          required
          data-autofocus
          {...form.getInputProps('amount')}
        />
        <TextInput label={fields.received_on} type="date" required {...form.getInputProps('received_on')} />
      </Group>
      {over && (
        <Text size="xs" c="dimmed">
          {payments.overpay}
        </Text>
      )}
      <Group grow align="flex-start">
        <NativeSelect label={fields.method} data={methods} {...form.getInputProps('method')} />
        <TextInput
          label={fields.reference}
          placeholder={payments.referenceHint}
          {...form.getInputProps('reference')}
        />
      </Group>
    </FormDialog>
  )
}
