/** Changes the status of an agreement, with a reason that its activity keeps. */
import { Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { agreements } from '@/shared/i18n/en/agreements'
import { notifyDone } from '@/shared/notify'
import { type Agreement, agreementQuery, changeStatus, keepAgreement, type StatusAction } from './queries'

const words = agreements.actions
const NEEDS_REASON: StatusAction[] = ['suspend', 'cancel']

type Props = { agreement: Agreement; action: StatusAction; onClose: () => void }

export function StatusDialog({ agreement, action, onClose }: Props) {
  const queries = useQueryClient()
  const needed = NEEDS_REASON.includes(action)
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { reason: '' },
    validate: { reason: (reason) => (needed && !reason.trim() ? words.reasonNeeded : null) },
    edited: {
      of: agreement,
      valuesOf: () => ({ reason: '' }),
      load: (one: Agreement) => queries.fetchQuery({ ...agreementQuery(one.id), staleTime: 0 }),
    },
  })

  async function save() {
    const done = await submit(async ({ reason }, { source }) =>
      keepAgreement(queries, await changeStatus(source, action, reason.trim() || null)),
    )
    if (!done) return
    notifyDone(words[action].done(agreement.name))
    onClose()
  }

  return (
    <FormDialog
      title={words[action].title(agreement.name)}
      action={words[action].button}
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <Text size="sm">{words[action].text}</Text>
      <Textarea
        label={words.reason}
        required={needed}
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  )
}
