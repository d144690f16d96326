/** Adds bought hours to the ledger, or corrects its balance with a reason. */
import { NativeSelect, Text, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { agreements } from '@/shared/i18n/en/agreements'
import { formatQuantity, isZero } from '@/shared/money'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readDecimal } from '@/shared/numbers'
import { type Agreement, addHours, keepAgreement, servicesQuery } from './queries'

const words = agreements.ledger

type Props = { agreement: Agreement; kind: 'grant' | 'adjustment'; onClose: () => void }

export function AddHours({ agreement, kind, onClose }: Props) {
  const queries = useQueryClient()
  const services = useQuery(servicesQuery(agreement.id)).data?.items ?? []
  const sendOnce = useSendOnce()
  const grant = kind === 'grant'
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { hours: '', client_service_id: '', note: '' },
    validate: {
      hours: (hours) => problemOf(hours, grant),
      note: (note) => (grant || note.trim() ? null : words.reasonNeeded),
    },
  })
  const input = form.getInputProps

  async function save() {
    const done = await submit(async ({ hours, client_service_id, note }) => {
      const body = {
        kind,
        hours: readDecimal(hours, { kind: 'quantity' })!,
        client_service_id: client_service_id || null,
        note: note.trim() || null,
      }
      await keepAgreement(queries, await sendOnce((key) => addHours(agreement, body, key)))
    })
    if (!done) return
    const hours = formatQuantity(readDecimal(form.getValues().hours, { kind: 'quantity' })!)
    notifyDone(grant ? words.added(hours) : words.adjusted(hours))
    onClose()
  }

  const pool =
    agreement.allocation_policy === 'strict'
      ? [{ value: '', label: '—' }]
      : [{ value: '', label: words.pool }]
  return (
    <FormDialog
      title={grant ? words.add : words.adjust}
      action={grant ? words.add : words.adjust}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <Text size="sm">{grant ? words.addLead : words.adjustLead}</Text>
      <NumberField kind="quantity" label={words.amount} required data-autofocus {...input('hours')} />
      <NativeSelect
        label={words.service}
        data={[...pool, ...services.map((row) => ({ value: row.client_service_id ?? '', label: row.name }))]}
        {...input('client_service_id')}
      />
      <Textarea
        label={grant ? words.fields.note : words.reason}
        required={!grant}
        autosize
        minRows={2}
        maxLength={2000}
        {...input('note')}
      />
    </FormDialog>
  )
}

function problemOf(hours: string, grant: boolean): string | null {
  const problem = numberProblem(hours, { kind: 'quantity', ...(grant && { above: '0' }) })
  if (problem) return problem
  return isZero(readDecimal(hours, { kind: 'quantity' })!) ? words.notZero : null
}
