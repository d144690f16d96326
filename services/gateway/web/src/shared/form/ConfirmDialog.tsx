/** Asked before sends, charges and deletes only; what can be undone is done at once. */
import { Button, Group, Modal, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { common } from '@/shared/i18n/en/common'

type Props = {
  title: string
  text?: string
  action: string
  danger?: boolean
  busy?: boolean
  children?: ReactNode
  onConfirm: () => void
  onClose: () => void
}

export function ConfirmDialog({ title, text, action, danger, busy, children, onConfirm, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} centered>
      {text && <Text mb="md">{text}</Text>}
      {children}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
        <Button color={danger ? 'red.8' : undefined} loading={busy} onClick={onConfirm} data-autofocus>
          {action}
        </Button>
      </Group>
    </Modal>
  )
}
