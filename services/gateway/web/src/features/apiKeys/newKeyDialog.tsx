/** A new key, shown once in the same dialog that asked for it. */
import { Alert, Button, CopyButton, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { rolesQuery } from '@/features/users/queries'
import { today } from '@/shared/dates'
import { Dialog } from '@/shared/form/Dialog'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { apiKeys as words } from '@/shared/i18n/en/administration'
import { common } from '@/shared/i18n/en/common'
import { useUser } from '@/shared/session/useUser'
import { type ApiKeyBody, apiKeysKey, createKey, type NewApiKey } from './queries'

const { fields } = words

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const user = useUser()
  const roles = useQuery(rolesQuery).data?.items ?? []
  const [made, setMade] = useState<NewApiKey | null>(null)
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { name: '', role: user?.role ?? '', expires_at: '' },
    validate: { name: (text) => (text.trim() ? null : words.needed) },
  })
  if (made) return <Made apiKey={made} onClose={onClose} />
  const allowed = roles.find((role) => role.name === user?.role)?.includes ?? []

  async function save() {
    await submit(async ({ name, role, expires_at }) => {
      const body: ApiKeyBody = { name: name.trim(), role: role as ApiKeyBody['role'] }
      if (expires_at) body.expires_at = endOfDay(expires_at)
      setMade(await createKey(body))
      queries.invalidateQueries({ queryKey: apiKeysKey })
    })
  }

  return (
    <FormDialog
      title={words.new}
      action={common.create}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput
        label={fields.name}
        description={words.nameHint}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        required
        maxLength={100}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <NativeSelect
        label={fields.role}
        data={allowed.map((name) => ({ value: name, label: common.roles[name] ?? name }))}
        {...form.getInputProps('role')}
      />
      <TextInput
        type="date"
        label={fields.expires_at}
        description={words.expiresHint}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        min={today()}
        {...form.getInputProps('expires_at')}
      />
    </FormDialog>
  )
}

/** The last moment of a day where the user sits. */
const endOfDay = (day: string) => new Date(`${day}T23:59:59`).toISOString()

function Made({ apiKey, onClose }: { apiKey: NewApiKey; onClose: () => void }) {
  return (
    <Dialog
      onClose={onClose}
      title={words.createdTitle(apiKey.name)}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="sm">
        <Alert color="yellow" role="status">
          {words.createdText}
        </Alert>
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            style={{ flex: 1 }}
            label={words.key}
            readOnly
            value={apiKey.key}
            data-autofocus
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={apiKey.key}>
            {({ copied, copy }) => (
              <Button variant="default" size="sm" onClick={copy}>
                {copied ? words.copied : words.copy}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Group justify="flex-end">
          <Button onClick={onClose}>{words.done}</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
