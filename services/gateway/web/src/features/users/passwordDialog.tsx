import { Text } from '@mantine/core'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { users as words } from '@/shared/i18n/en/administration'
import { notifyDone } from '@/shared/notify'
import { NewPassword } from './newPassword'
import { setPassword, type User } from './queries'

export function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { new_password: '' },
    validate: { new_password: (text) => (text ? null : words.needed) },
  })

  async function save() {
    if (!(await submit(({ new_password }) => setPassword(user, new_password)))) return
    notifyDone(words.reset(user.name))
    onClose()
  }

  return (
    <FormDialog
      title={words.resetTitle(user.name)}
      action={words.resetPassword}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <Text size="sm">{words.resetText}</Text>
      <NewPassword label={words.fields.new_password} data-autofocus {...form.getInputProps('new_password')} />
    </FormDialog>
  )
}
