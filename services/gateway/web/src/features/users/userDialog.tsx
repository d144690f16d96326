import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ClientPicker } from '@/features/clients/clientPicker'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { users as words } from '@/shared/i18n/en/administration'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { useUser } from '@/shared/session/useUser'
import { NewPassword } from './newPassword'
import { addUser, changeUser, rolesQuery, type User, type UserBody, usersKey } from './queries'

const { fields } = words
const needed = (text: string) => (text.trim() ? null : words.needed)

type Props = { user: User | null; onClose: () => void }

export function UserDialog({ user, onClose }: Props) {
  const queries = useQueryClient()
  const me = useUser()
  const roles = useQuery(rolesQuery).data?.items ?? []
  const isClientRole = (name: string) => roles.find((role) => role.name === name)?.scope === 'client'
  const { form, busy, failure, submit } = useApiForm({
    initialValues: {
      name: user?.name ?? '',
      email: user?.email ?? '',
      role: user?.role ?? ('technician' as User['role']),
      client_id: user?.client_id ?? '',
      password: '',
    },
    validate: {
      name: needed,
      email: needed,
      client_id: (id, { role }) => (isClientRole(role) && !id ? words.clientNeeded : null),
      password: (text) => (user ? null : needed(text)),
    },
  })
  const values = form.getValues()
  const self = user !== null && user.id === me?.id

  async function save() {
    const done = await submit(({ name, email, role, client_id, password }) => {
      const body: UserBody = { name: name.trim(), email: email.trim(), role, client_id: client_id || null }
      if (!isClientRole(role)) body.client_id = null
      return user ? changeUser(user, body) : addUser({ ...body, password })
    })
    queries.invalidateQueries({ queryKey: usersKey })
    if (!done) return
    notifyDone(user ? words.saved(values.name) : words.created(values.name))
    onClose()
  }

  return (
    <FormDialog
      title={user ? words.edit(user.name) : words.new}
      action={user ? common.save : common.create}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput
        label={fields.name}
        required
        maxLength={200}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <TextInput
        label={fields.email}
        type="email"
        required
        maxLength={254}
        autoComplete="off"
        {...form.getInputProps('email')}
      />
      <RoleSelect self={self} {...form.getInputProps('role')} />
      {isClientRole(values.role) && (
        <ClientPicker label={fields.client} required {...form.getInputProps('client_id')} />
      )}
      {!user && <NewPassword label={fields.password} {...form.getInputProps('password')} />}
    </FormDialog>
  )
}

/** Nobody changes their own role. */
function RoleSelect({ self, ...props }: { self: boolean }) {
  const { data } = useQuery(rolesQuery)
  const offered = (data?.items ?? []).filter((role) => role.manageable || self)
  return (
    <NativeSelect
      label={fields.role}
      description={self ? words.ownRole : words.roleHint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      disabled={self}
      data={offered.map((role) => ({
        value: role.name,
        label: `${common.roles[role.name] ?? role.title}: ${role.description}`,
      }))}
      {...props}
    />
  )
}
