import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { common } from '@/shared/i18n/en/common'

type Props = {
  title: string
  action?: string
  size?: 'md' | 'lg' | 'xl'
  busy: boolean
  failure: string | null
  /** The server asked whether the values are right: the next submit confirms them. */
  confirming?: boolean
  children: ReactNode
  onSubmit: () => void
  onClose: () => void
}

/** A form in a dialog: focus goes to its first field, Enter submits, Escape closes. */
export function FormDialog({
  title,
  action = common.save,
  size,
  busy,
  failure,
  confirming = false,
  children,
  onSubmit,
  onClose,
}: Props) {
  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal opened onClose={onClose} title={title} size={size}>
      <form onSubmit={submit} noValidate>
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
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={busy}>
              {confirming ? common.anyway(action) : action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
