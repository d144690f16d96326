/** Starts a manual invoice: an empty draft of one client, opened for editing. */
import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ClientPicker } from '@/features/clients/clientPicker'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { billableItems } from '@/shared/i18n/en/billableItems'
import { drafts as words } from '@/shared/i18n/en/drafts'
import { notifyDone } from '@/shared/notify'
import { createDraft, type Invoice, invoicesKey } from './queries'

type Props = { clientId?: string; onClose: () => void }

export function NewInvoice({ clientId = '', onClose }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const sendOnce = useSendOnce()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { client_id: clientId },
    validate: { client_id: (id) => (id ? null : billableItems.dialog.needed) },
  })

  async function save() {
    const made: Invoice[] = []
    const done = await submit(async ({ client_id }) => {
      made.push(await sendOnce((key) => createDraft({ client_id, lines: [] }, key)))
      await queries.invalidateQueries({ queryKey: invoicesKey })
    })
    const draft = made[0]
    if (!done || !draft) return
    notifyDone(words.created(draft.client_name))
    await navigate({
      to: '/invoices/$invoiceId',
      params: { invoiceId: draft.id },
      search: { edit: 'true' } as never,
    })
  }

  return (
    <FormDialog
      title={words.new}
      action={words.create}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <Text size="sm">{words.newLead}</Text>
      <ClientPicker label={words.fields.client} required {...form.getInputProps('client_id')} />
    </FormDialog>
  )
}
