import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { common } from '@/shared/i18n/en/common'

type Props = {
  title: string
  action?: string
  size?: 'md' | 'lg' | 'xl'
  busy: boolean
  failure: string | null
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
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={busy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
