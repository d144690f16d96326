/** Makes a signer's link useless, with a reason. */
import { Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { agreementDocuments } from '@/shared/i18n/en/agreementDocuments'
import { notifyDone } from '@/shared/notify'
import { revokeSignature, type Signature, signaturesKey } from './queries'

const words = agreementDocuments.signatures.revoke

export function RevokeDialog({ signature, onClose }: { signature: Signature; onClose: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { reason: '' },
    validate: { reason: (reason) => (reason.trim() ? null : words.reasonNeeded) },
  })

  async function save() {
    const done = await submit(async ({ reason }) => {
      await revokeSignature(signature, reason.trim())
      await queries.invalidateQueries({ queryKey: signaturesKey(signature.agreement_id) })
    })
    if (!done) return
    notifyDone(words.done(signature.signer_name))
    onClose()
  }

  return (
    <FormDialog
      title={words.title(signature.signer_name)}
      action={words.button}
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
