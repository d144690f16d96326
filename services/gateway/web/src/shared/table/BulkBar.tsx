/** What can be done with the selected rows, and how it went: one request a row, so that one failure stops no other. */
import { Button, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { table as words } from '@/shared/i18n/en/table'
import { lazyPart } from '@/shared/lazyPart'
import { errorText, notifyDone, notifyError } from '@/shared/notify'
import { runEach } from './bulk'
import classes from './DataTable.module.css'
import type { TableOf } from './parts'
import type { BulkAction, RowData } from './types'

const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)

type Props<T extends RowData> = { table: TableOf<T>; actions: BulkAction<T>[]; queryKey: readonly unknown[] }

export function BulkBar<T extends RowData>({ table, actions, queryKey }: Props<T>) {
  const queries = useQueryClient()
  const [asked, setAsked] = useState<BulkAction<T> | null>(null)
  const [busy, setBusy] = useState(false)
  const rows = table.getSelectedRowModel().rows.map((row) => row.original)
  if (rows.length === 0) return null

  async function run(action: BulkAction<T>) {
    const targets = rows.filter(action.appliesTo)
    setBusy(true)
    const { done, failed } = await runEach(targets, action.run)
    setBusy(false)
    setAsked(null)
    table.resetRowSelection(true)
    await queries.invalidateQueries({ queryKey })
    const { undo } = action
    const undoAll = async () => {
      await runEach(done, undo!)
      await queries.invalidateQueries({ queryKey })
    }
    if (done.length > 0) notifyDone(words.done(action.done, done.length), undo && undoAll)
    if (failed.length > 0) notifyError(new Error(words.failed(failed.length, errorText(failed[0]!.error))))
  }

  return (
    <div className={classes.bulk}>
      <Text size="sm" fw={550} role="status">
        {words.selected(rows.length)}
      </Text>
      {actions.map((action) => {
        const count = rows.filter(action.appliesTo).length
        return (
          <Button
            key={action.label}
            size="compact-sm"
            variant="default"
            leftSection={action.icon}
            disabled={count === 0}
            loading={busy}
            onClick={() => (action.confirm ? setAsked(action) : run(action))}
          >
            {action.label} {count > 0 && count < rows.length ? `(${count})` : ''}
          </Button>
        )
      })}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => table.resetRowSelection(true)}>
        {words.clearSelection}
      </Button>
      {asked?.confirm && (
        <ConfirmDialog
          {...asked.confirm(rows.filter(asked.appliesTo))}
          action={asked.label}
          busy={busy}
          onConfirm={() => run(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  )
}
