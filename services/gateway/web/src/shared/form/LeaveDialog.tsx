import { edits } from '@/shared/i18n/en/edits'
import { ConfirmDialog } from './ConfirmDialog'

const words = edits.leave

export function LeaveDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  return (
    <ConfirmDialog
      title={words.title}
      text={words.text}
      action={words.discard}
      cancel={words.stay}
      danger
      safe
      onConfirm={onLeave}
      onClose={onStay}
    />
  )
}
