/** One section of the settings: its fields, and one save for them. */
import { Alert, Button, Group, Stack } from '@mantine/core'
import type { UseFormInput, UseFormReturnType } from '@mantine/form'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { useApiForm } from '@/shared/form/useApiForm'
import { useLeaveGuard } from '@/shared/form/useLeaveGuard'
import { common } from '@/shared/i18n/en/common'
import { settings as words } from '@/shared/i18n/en/settings'
import { notifyDone } from '@/shared/notify'
import { useMay } from '@/shared/session/useUser'
import { type Settings, type SettingsBody, useLoadSettings, useSaveSettings } from './queries'

type Props<Values extends Record<string, unknown>> = {
  settings: Settings
  valuesOf: (settings: Settings) => Values
  bodyOf: (values: Values) => SettingsBody
  validate?: UseFormInput<Values>['validate']
  children: (form: UseFormReturnType<Values>) => ReactNode
}

export function SectionForm<Values extends Record<string, unknown>>({
  settings,
  valuesOf,
  bodyOf,
  validate,
  children,
}: Props<Values>) {
  const mayWrite = useMay('settings.write')
  const save = useSaveSettings()
  const initial = useRef(valuesOf(settings))
  const { form, busy, failure, submit } = useApiForm<Values, Settings>({
    initialValues: initial.current,
    edited: { of: settings, valuesOf, load: useLoadSettings() },
    validate,
  })
  const guard = useLeaveGuard(form.isDirty(), busy)

  async function send(event: FormEvent) {
    event.preventDefault()
    const done = await submit((values, { source }) => save.mutateAsync({ source, body: bodyOf(values) }))
    if (done) notifyDone(words.saved)
  }

  return (
    <form onSubmit={send} noValidate>
      <fieldset disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack gap="md">
          {failure && (
            <Alert color="red" role="alert">
              {failure}
            </Alert>
          )}
          {children(form)}
          {mayWrite && (
            <Group justify="flex-end">
              <Button variant="default" disabled={!form.isDirty()} onClick={() => form.reset()}>
                {common.cancel}
              </Button>
              <Button type="submit" loading={busy} disabled={!form.isDirty()}>
                {common.save}
              </Button>
            </Group>
          )}
        </Stack>
      </fieldset>
      {guard.question}
    </form>
  )
}
