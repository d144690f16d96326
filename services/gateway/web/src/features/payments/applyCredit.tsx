/** Puts what is left of a payment on open invoices: on those named, or on those due first. */
import { Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Due } from '@/features/invoices/columns'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { paymentPages } from '@/shared/i18n/en/paymentPages'
import { formatMoney } from '@/shared/money'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readOptional } from '@/shared/numbers'
import { SmallTable } from '@/shared/table/SmallTable'
import { apply, openInvoicesQuery, type PaymentDetail, refreshMoney } from './queries'

const words = paymentPages.apply

type Amounts = Record<string, string>

export function ApplyCredit({ payment, onClose }: { payment: PaymentDetail; onClose: () => void }) {
  const currency = payment.currency ?? 'USD'
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const { data } = useQuery(openInvoicesQuery(payment.client_id, currency))
  const open = data?.items ?? []
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { amounts: {} as Amounts, allocations: null },
    validate: { amounts: (amounts) => problemOf(amounts, currency) },
  })
  const { amounts } = form.getValues()

  async function save() {
    const done = await submit(async () => {
      const named = Object.entries(amounts).flatMap(([invoice_id, text]) => {
        const amount = readOptional(text)
        return amount === null ? [] : [{ invoice_id, amount }]
      })
      await sendOnce((key) => apply(payment.id, { allocations: named.length > 0 ? named : null }, key))
      await refreshMoney(queries)
    })
    if (!done) return
    notifyDone(words.done)
    onClose()
  }

  return (
    <FormDialog
      title={words.title}
      action={paymentPages.apply.action}
      size="lg"
      busy={busy}
      failure={failure ?? (form.errors.allocations as string | undefined) ?? null}
      onSubmit={save}
      onClose={onClose}
    >
      <Stack gap="xs">
        <Text size="sm">{words.left(formatMoney(payment.unallocated, currency))}</Text>
        {data && open.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.none(currency)}
          </Text>
        ) : (
          <Text size="sm" c="dimmed">
            {words.hint}
          </Text>
        )}
        {open.length > 0 && (
          <SmallTable
            label={words.title}
            rows={open}
            rowKey={(invoice) => invoice.id}
            columns={[
              { header: paymentPages.fields.invoice, cell: (invoice) => invoice.number },
              { header: 'Due', cell: (invoice) => <Due invoice={invoice} /> },
              {
                header: words.balance,
                align: 'right',
                cell: (invoice) => formatMoney(invoice.balance, currency),
              },
              {
                header: words.amount,
                align: 'right',
                cell: (invoice) => (
                  <NumberField
                    kind="money"
                    currency={currency}
                    quiet
                    size="xs"
                    w="8rem"
                    aria-label={words.amountOf(invoice.number ?? '')}
                    value={amounts[invoice.id] ?? ''}
                    onChange={(event) =>
                      form.setFieldValue('amounts', { ...amounts, [invoice.id]: event.currentTarget.value })
                    }
                  />
                ),
              },
            ]}
          />
        )}
        {form.errors.amounts && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {form.errors.amounts}
          </Text>
        )}
      </Stack>
    </FormDialog>
  )
}

function problemOf(amounts: Amounts, currency: string): string | null {
  const rules = { kind: 'money' as const, currency, optional: true, above: '0' }
  return (
    Object.values(amounts)
      .map((text) => numberProblem(text, rules))
      .find(Boolean) ?? null
  )
}
