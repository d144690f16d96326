/** Takes back a block of bought hours from which nothing is drawn. */
import { Alert } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '@/shared/form/ConfirmDialog'
import { hourBlocks as words } from '@/shared/i18n/en/hourBlocks'
import { formatQuantity } from '@/shared/money'
import { errorText, notifyDone } from '@/shared/notify'
import { type HourBlock, removeBlock } from './blockQueries'
import { agreementsKey } from './queries'

export function RemoveBlock({ block, onClose }: { block: HourBlock; onClose: () => void }) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<unknown>(null)
  const hours = formatQuantity(block.hours)

  async function run() {
    setBusy(true)
    try {
      await removeBlock(block)
      await queries.invalidateQueries({ queryKey: agreementsKey })
      notifyDone(words.removed(hours))
      onClose()
    } catch (error) {
      setRefused(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <ConfirmDialog
      title={words.removeTitle(hours)}
      text={words.removeText}
      action={words.remove}
      danger
      busy={busy}
      onConfirm={run}
      onClose={onClose}
    >
      {refused !== null && (
        <Alert color="red" role="alert">
          {errorText(refused)}
        </Alert>
      )}
    </ConfirmDialog>
  )
}
