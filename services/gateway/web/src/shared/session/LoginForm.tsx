/** The sign-in form of both entries. */
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { ApiError, fieldErrors } from '@/api/problem'
import { common, login } from '@/shared/i18n/en/common'
import { signIn, type User } from './session'

export function LoginForm({ onSignedIn }: { onSignedIn: (user: User) => void }) {
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const email = useRef<HTMLInputElement>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setError(null)
    try {
      onSignedIn(await signIn(queries, String(form.get('email')).trim(), String(form.get('password'))))
    } catch (failure) {
      setError(failure)
      email.current?.focus()
    } finally {
      setBusy(false)
    }
  }

  const fields = fieldErrors(error)
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error !== null && (
          <Alert color="red" role="alert">
            {message(error)}
          </Alert>
        )}
        <TextInput
          ref={email}
          name="email"
          type="email"
          label={common.email}
          autoComplete="username"
          size="md"
          error={fields.email}
          data-autofocus
          autoFocus
          required
          withAsterisk={false}
        />
        <PasswordInput
          name="password"
          label={common.password}
          autoComplete="current-password"
          size="md"
          error={fields.password}
          required
          withAsterisk={false}
        />
        <Button type="submit" size="md" fullWidth loading={busy}>
          {common.signIn}
        </Button>
      </Stack>
    </form>
  )
}

function message(error: unknown): string {
  if (!(error instanceof ApiError)) return String(error)
  if (error.status === 401) return login.wrong
  if (error.status === 429) return login.tooMany(error.retryAfter)
  return error.message
}
