/** Asked before sends, charges and deletes only; what can be undone is done at once. */
import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { common } from '@/shared/i18n/en/common'
import { Dialog } from './Dialog'

type Props = {
  title: string
  text?: string
  action: string
  cancel?: string
  danger?: boolean
  /** The focus starts on the button that changes nothing. */
  safe?: boolean
  busy?: boolean
  children?: ReactNode
  onConfirm: () => void
  onClose: () => void
}

export function ConfirmDialog(props: Props) {
  const {
    title,
    text,
    action,
    cancel = common.cancel,
    danger,
    safe,
    busy,
    children,
    onConfirm,
    onClose,
  } = props
  return (
    <Dialog onClose={onClose} title={title} centered>
      {text && <Text mb="md">{text}</Text>}
      {children}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus={safe}>
          {cancel}
        </Button>
        <Button
          color={danger ? 'red.8' : undefined}
          loading={busy}
          onClick={onConfirm}
          data-autofocus={!safe}
        >
          {action}
        </Button>
      </Group>
    </Dialog>
  )
}
