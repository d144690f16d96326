import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { loadNote, type Note, saveNote, useRefresh } from './parts'
import type { Client } from './queries'

const words = clientParts.notes

type Props = { client: Client; note: Note | null; onClose: () => void }

export function NoteForm({ client, note, onClose }: Props) {
  const refresh = useRefresh(client.id)
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(note),
    edited: note && { of: note, valuesOf, load: loadNote },
  })

  async function save() {
    const done = await submit((values, { source }) =>
      saveNote({ client_id: client.id }, note && source, values),
    )
    if (!done) return
    await refresh()
    notifyDone(common.saved(form.getValues().title))
    onClose()
  }

  return (
    <FormDialog
      title={note ? words.edit : words.add}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput label={words.fields.title} data-autofocus {...form.getInputProps('title')} />
      <Textarea
        label={words.fields.body}
        required
        autosize
        minRows={5}
        maxRows={18}
        {...form.getInputProps('body')}
      />
      <Checkbox label={words.fields.pinned} {...form.getInputProps('pinned', { type: 'checkbox' })} />
    </FormDialog>
  )
}

const valuesOf = (note: Note | null) => ({
  title: note?.title ?? '',
  body: note?.body ?? '',
  pinned: note?.pinned ?? false,
})
