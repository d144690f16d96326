import { Alert, Button, Group, Stack } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { common } from '@/shared/i18n/en/common'
import { Dialog } from './Dialog'
import { useLeaveGuard } from './useLeaveGuard'

type Props = {
  title: string
  action?: string
  size?: 'md' | 'lg' | 'xl'
  busy: boolean
  failure: string | null
  /** The server asked whether the values are right: the next submit confirms them. */
  confirming?: boolean
  /** Whether anything was edited; left out, any typing in the dialog counts. */
  dirty?: boolean
  children: ReactNode
  onSubmit: () => void
  onClose: () => void
}

/** A form in a dialog: focus goes to its first field, Enter submits, Escape closes, after a question where something was typed. */
export function FormDialog({
  title,
  action = common.save,
  size,
  busy,
  failure,
  confirming = false,
  dirty,
  children,
  onSubmit,
  onClose,
}: Props) {
  const [touched, setTouched] = useState(false)
  const guard = useLeaveGuard(dirty ?? touched, busy)
  const close = () => guard.ask(onClose)

  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Dialog onClose={close} title={title} size={size} closeOnEscape={!guard.asking}>
      <form onSubmit={submit} onChange={() => setTouched(true)} noValidate>
        <Stack gap="sm">
          {failure && (
            <Alert color="red" role="alert">
              {failure}
            </Alert>
          )}
          {children}
          {confirming && (
            <Alert color="yellow" role="alert">
              {common.confirmDoubts(common.anyway(action))}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={busy}>
              {confirming ? common.anyway(action) : action}
            </Button>
          </Group>
        </Stack>
      </form>
      {guard.question}
    </Dialog>
  )
}
