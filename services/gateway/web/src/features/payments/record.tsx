/** Records a payment of any client: it pays the invoices due first, and what is left becomes credit. */
import { Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ClientPicker } from '@/features/clients/clientPicker'
import { clientQuery } from '@/features/clients/queries'
import { type PaymentBody, recordPayment } from '@/features/invoices/queries'
import { today } from '@/shared/dates'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { billableItems } from '@/shared/i18n/en/billableItems'
import { payments } from '@/shared/i18n/en/invoices'
import { paymentPages } from '@/shared/i18n/en/paymentPages'
import { formatMoney } from '@/shared/money'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readDecimal } from '@/shared/numbers'
import { SmallTable } from '@/shared/table/SmallTable'
import { openInvoicesQuery, refreshMoney } from './queries'

const { fields } = payments
const methods = Object.entries(payments.methods).map(([value, label]) => ({ value, label }))

export function RecordAny({ clientId = '', onClose }: { clientId?: string; onClose: () => void }) {
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const { form, busy, failure, confirming, submit } = useApiForm({
    initialValues: { client_id: clientId, amount: '', method: 'check', reference: '', received_on: today() },
    validate: {
      client_id: (id) => (id ? null : billableItems.dialog.needed),
      amount: (amount) => numberProblem(amount, { kind: 'money', above: '0' }),
    },
  })
  const values = form.getValues()
  const client = useQuery({ ...clientQuery(values.client_id), enabled: values.client_id !== '' }).data
  const currency = client?.currency
  const input = form.getInputProps

  async function save() {
    const done = await submit(async (current, { confirm }) => {
      const body: PaymentBody = {
        client_id: current.client_id,
        amount: readDecimal(current.amount)!,
        method: current.method as PaymentBody['method'],
        reference: current.reference.trim() || null,
        received_on: current.received_on,
        confirm,
      }
      await sendOnce((key) => recordPayment(body, key))
      await refreshMoney(queries)
    })
    if (!done) return
    notifyDone(payments.recorded(formatMoney(readDecimal(values.amount), currency ?? 'USD')))
    onClose()
  }

  return (
    <FormDialog
      title={payments.title}
      action={payments.record}
      size="lg"
      busy={busy}
      failure={failure}
      confirming={confirming}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <ClientPicker label={paymentPages.fields.client} required {...input('client_id')} />
      {client && <OpenInvoices clientId={client.id} currency={client.currency} />}
      <Group grow align="flex-start">
        <NumberField
          kind="money"
          currency={currency}
          label={currency ? `${fields.amount} (${currency})` : fields.amount}
          required
          {...input('amount')}
        />
        <TextInput label={fields.received_on} type="date" required {...input('received_on')} />
      </Group>
      <Group grow align="flex-start">
        <NativeSelect label={fields.method} data={methods} {...input('method')} />
        <TextInput
          label={fields.reference}
          placeholder={payments.referenceHint}
          maxLength={200}
          {...input('reference')}
        />
      </Group>
    </FormDialog>
  )
}

/** What the payment will go to. */
function OpenInvoices({ clientId, currency }: { clientId: string; currency: string }) {
  const open = useQuery(openInvoicesQuery(clientId, currency)).data?.items
  if (!open) return null
  if (open.length === 0)
    return (
      <Text size="xs" c="dimmed">
        {paymentPages.apply.none(currency)}
      </Text>
    )
  return (
    <>
      <Text size="xs" c="dimmed">
        {paymentPages.auto}
      </Text>
      <SmallTable
        label={paymentPages.allocations}
        rows={open.slice(0, 5)}
        rowKey={(invoice) => invoice.id}
        columns={[
          { header: paymentPages.fields.invoice, cell: (invoice) => invoice.number },
          {
            header: paymentPages.apply.balance,
            align: 'right',
            cell: (invoice) => formatMoney(invoice.balance, invoice.currency),
          },
        ]}
      />
    </>
  )
}
