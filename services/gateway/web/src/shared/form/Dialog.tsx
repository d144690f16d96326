/** The product's one modal dialog: when it closes, focus returns to where it came from. */
import { Modal, type ModalProps } from '@mantine/core'
import { useReturnFocus } from '@/shared/focus'

export function Dialog(props: Omit<ModalProps, 'opened'>) {
  useReturnFocus()
  return <Modal opened {...props} />
}
