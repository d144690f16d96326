/** Asks for the reason of an act, which the agreement's activity keeps. */
import { Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { notifyDone } from '@/shared/notify'

type Words = { text: string; reason: string; reasonNeeded: string }
type Props = {
  words: Words
  title: string
  action: string
  done: string
  /** The list that is read again afterwards. */
  queryKey: readonly unknown[]
  act: (reason: string) => Promise<unknown>
  onClose: () => void
}

export function ReasonDialog({ words, title, action, done, queryKey, act, onClose }: Props) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { reason: '' },
    validate: { reason: (reason) => (reason.trim() ? null : words.reasonNeeded) },
  })

  async function save() {
    const saved = await submit(async ({ reason }) => {
      await act(reason.trim())
      await queries.invalidateQueries({ queryKey })
    })
    if (!saved) return
    notifyDone(done)
    onClose()
  }

  return (
    <FormDialog title={title} action={action} busy={busy} failure={failure} onSubmit={save} onClose={onClose}>
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
