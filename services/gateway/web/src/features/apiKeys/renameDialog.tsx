import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { users, apiKeys as words } from '@/shared/i18n/en/administration'
import { notifyDone } from '@/shared/notify'
import { type ApiKey, apiKeysKey, renameKey } from './queries'

export function RenameDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { name: apiKey.name },
    validate: { name: (text) => (text.trim() ? null : words.needed) },
  })

  async function save() {
    const done = await submit(({ name }) => renameKey(apiKey, name.trim()))
    await queries.invalidateQueries({ queryKey: apiKeysKey })
    if (!done) return
    notifyDone(users.saved(form.getValues().name))
    onClose()
  }

  return (
    <FormDialog
      title={users.edit(apiKey.name)}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput
        label={words.fields.name}
        required
        maxLength={100}
        data-autofocus
        {...form.getInputProps('name')}
      />
    </FormDialog>
  )
}
