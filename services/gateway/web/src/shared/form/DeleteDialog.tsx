/** Deletes what nothing refers to; what is in use is said so, with the server's counts, and archiving offered instead. */
import { Alert } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { ApiError } from '@/api/problem'
import { common } from '@/shared/i18n/en/common'
import { errorText, notifyDone } from '@/shared/notify'
import { ConfirmDialog } from './ConfirmDialog'

type Props = {
  name: string
  text: string
  /** Said before anything is tried, such as what it is used by. */
  warning?: string
  remove: () => Promise<unknown>
  /** Left out where it is archived already. */
  onArchive?: () => void
  onGone: () => void
  onClose: () => void
  /** What else changes, below the text. */
  children?: ReactNode
}

export function DeleteDialog({ name, text, warning, remove, onArchive, onGone, onClose, children }: Props) {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<unknown>(null)
  const inUse = refused instanceof ApiError && refused.status === 409
  const offered = inUse && onArchive

  async function run() {
    setBusy(true)
    try {
      await remove()
      onClose()
      onGone()
      notifyDone(common.deleted(name))
    } catch (error) {
      setRefused(error)
    } finally {
      setBusy(false)
    }
  }

  function archive() {
    onClose()
    onArchive?.()
  }

  return (
    <ConfirmDialog
      title={inUse ? common.cannotDelete(name) : common.deleteAsked(name)}
      text={inUse ? undefined : text}
      action={offered ? common.archiveInstead : common.delete}
      danger={!offered}
      busy={busy}
      onConfirm={offered ? archive : run}
      onClose={onClose}
    >
      {refused !== null ? (
        <Alert color={inUse ? 'orange' : 'red'} role="alert">
          {errorText(refused)}
        </Alert>
      ) : (
        <>
          {warning && <Alert color="orange">{warning}</Alert>}
          {children}
        </>
      )}
    </ConfirmDialog>
  )
}
