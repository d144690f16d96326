import { Alert, Button, Group, PasswordInput, SimpleGrid } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useApiForm } from '@/shared/form/useApiForm'
import { account as words } from '@/shared/i18n/en/account'
import { notifyDone } from '@/shared/notify'
import { Section } from '@/shared/Section'
import { changePassword, sessionsQuery } from './queries'

const { fields } = words
const EMPTY = { current_password: '', new_password: '', repeated: '' }
const needed = (text: string) => (text ? null : words.needed)

export function PasswordForm({ email }: { email: string }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: EMPTY,
    validate: {
      current_password: needed,
      new_password: needed,
      repeated: (text, { new_password }) => (text === new_password ? null : words.differs),
    },
  })

  async function save(event: FormEvent) {
    event.preventDefault()
    const done = await submit(({ current_password, new_password }) =>
      changePassword({ current_password, new_password }),
    )
    if (!done) return
    form.setValues(EMPTY)
    queries.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    notifyDone(words.changed)
  }

  return (
    <Section title={words.parts.password}>
      <form onSubmit={save} noValidate>
        {failure && (
          <Alert color="red" role="alert" mb="sm">
            {failure}
          </Alert>
        )}
        {/* tells a password manager whose password it is */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <SimpleGrid cols={{ base: 1, md: 3 }}>
          <PasswordInput
            label={fields.current_password}
            autoComplete="current-password"
            required
            {...form.getInputProps('current_password')}
          />
          <PasswordInput
            label={fields.new_password}
            description={words.passwordHint}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            autoComplete="new-password"
            required
            {...form.getInputProps('new_password')}
          />
          <PasswordInput
            label={fields.repeated}
            autoComplete="new-password"
            required
            {...form.getInputProps('repeated')}
          />
        </SimpleGrid>
        <Group justify="flex-end" mt="sm">
          <Button type="submit" loading={busy}>
            {words.change}
          </Button>
        </Group>
      </form>
    </Section>
  )
}
