/** Sends a document to one person, who signs it through a link. */
import { Checkbox, Text, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { Agreement } from '@/features/agreements/queries'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { agreementDocuments } from '@/shared/i18n/en/agreementDocuments'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readWhole } from '@/shared/numbers'
import { type AgreementDocument, sendDocument, signaturesKey } from './queries'

const words = agreementDocuments.signatures.send
const VALID_DAYS = '14'

type Props = { agreement: Agreement; document: AgreementDocument; onClose: () => void }

export function SendForSignature({ agreement, document, onClose }: Props) {
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const draft = agreement.status === 'draft'
  const { form, busy, failure, submit } = useApiForm({
    initialValues: {
      signer_name: '',
      signer_email: '',
      message: '',
      valid_days: VALID_DAYS,
      activates: draft,
    },
    validate: {
      signer_name: (name) => (name.trim() ? null : words.nameNeeded),
      signer_email: (email) => (email.trim() ? null : words.emailNeeded),
      valid_days: (days) => numberProblem(days, { kind: 'whole', above: '0' }),
    },
  })
  const input = form.getInputProps

  async function save() {
    const done = await submit(async ({ valid_days, message, signer_name, signer_email, activates }) => {
      const body = {
        document_id: document.id,
        signer_name: signer_name.trim(),
        signer_email: signer_email.trim(),
        message: message.trim() || null,
        activates: draft && activates,
        valid_days: readWhole(valid_days)!,
      }
      await sendOnce((key) => sendDocument(agreement.id, body, key))
      await queries.invalidateQueries({ queryKey: signaturesKey(agreement.id) })
    })
    if (!done) return
    notifyDone(words.done(document.name, form.getValues().signer_email))
    onClose()
  }

  return (
    <FormDialog
      title={words.title(document.name)}
      action={words.button}
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <Text size="sm">{words.text}</Text>
      <TextInput label={words.name} required maxLength={200} data-autofocus {...input('signer_name')} />
      <TextInput label={words.email} type="email" required {...input('signer_email')} />
      <Textarea label={words.message} autosize minRows={2} maxLength={2000} {...input('message')} />
      <NumberField kind="whole" label={words.days} required {...input('valid_days')} />
      {draft && <Checkbox label={words.activates} {...input('activates', { type: 'checkbox' })} />}
    </FormDialog>
  )
}
