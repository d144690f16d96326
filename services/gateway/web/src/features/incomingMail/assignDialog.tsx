/** Creates a client's work order from an email whose sender is unknown. */
import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { ClientPicker } from '@/features/clients/clientPicker'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { incomingMail as words } from '@/shared/i18n/en/incomingMail'
import { notifyDone } from '@/shared/notify'
import { assignEmail, type IncomingEmail, incomingMailKey } from './queries'

type Props = { email: IncomingEmail; onClose: () => void }

export function AssignDialog({ email, onClose }: Props) {
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { client_id: '' },
    validate: { client_id: (id: string) => (id ? null : words.clientNeeded) },
  })

  async function save() {
    const saved = await submit((values) => sendOnce((key) => assignEmail(email, values.client_id, key)))
    queries.invalidateQueries({ queryKey: incomingMailKey })
    if (!saved) return
    notifyDone(words.assigned(email.subject || words.noSubject))
    onClose()
  }

  return (
    <FormDialog
      title={words.assignTitle}
      action={words.create}
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <Text size="sm" lineClamp={6} style={{ whiteSpace: 'pre-line' }}>
        {email.text}
      </Text>
      <ClientPicker label={words.fields.client_id} required autoFocus {...form.getInputProps('client_id')} />
      <Text size="xs" c="dimmed">
        {words.assignHint}
      </Text>
    </FormDialog>
  )
}
