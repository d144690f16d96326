/** Deletes a document, with a reason that the agreement's activity keeps. */
import { Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { agreementDocuments } from '@/shared/i18n/en/agreementDocuments'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { type AgreementDocument, deleteDocument, documentsKey } from './queries'

const words = agreementDocuments.remove

export function DeleteDocument({ document, onClose }: { document: AgreementDocument; onClose: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { reason: '' },
    validate: { reason: (reason) => (reason.trim() ? null : words.reasonNeeded) },
  })

  async function save() {
    const done = await submit(async ({ reason }) => {
      await deleteDocument(document, reason.trim())
      await queries.invalidateQueries({ queryKey: documentsKey(document.agreement_id) })
    })
    if (!done) return
    notifyDone(words.done(document.name))
    onClose()
  }

  return (
    <FormDialog
      title={words.title(document.name)}
      action={common.delete}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <Text size="sm">{words.text}</Text>
      <Textarea
        label={words.reason}
        required
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  )
}
