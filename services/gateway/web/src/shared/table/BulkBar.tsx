/** What can be done with the selected rows, or with all that match, and how it went. */
import { Button, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { table as words } from '@/shared/i18n/en/table'
import { lazyPart } from '@/shared/lazyPart'
import { errorText, notifyDone, notifyError, notifyFailure } from '@/shared/notify'
import { type Counts, TaskProgress } from '@/shared/TaskProgress'
import { runEach } from './bulk'
import classes from './DataTable.module.css'
import type { TableOf } from './parts'
import {
  type AtOnce,
  type BulkAction,
  type BulkTarget,
  type Prepared,
  type RowByRow,
  type RowData,
  takesAll,
} from './types'
import { useEverything } from './useEverything'
import type { Total } from './useTotal'

const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)

type Props<T extends RowData> = {
  table: TableOf<T>
  actions: BulkAction<T>[]
  queryKey: readonly unknown[]
  total: Total
  rowName: (row: T) => string
  /** The search and filters in force: what "all matching" means. */
  question: Record<string, string>
}

export function BulkBar<T extends RowData>({ table, actions, queryKey, total, question, rowName }: Props<T>) {
  const queries = useQueryClient()
  const [asked, setAsked] = useState<RowByRow<T> | null>(null)
  const [busy, setBusy] = useState(false)
  const [progress, setProgress] = useState<Counts | null>(null)
  const { everything, selectEverything, clear } = useEverything(table)
  const rows = table.getSelectedRowModel().rows.map((row) => row.original)
  if (rows.length === 0) return null
  const loaded = table.getRowModel().rows.length
  const mayTakeAll = actions.some(takesAll) && rows.length === loaded && total.exact && total.count > loaded

  const targetOf = (action: AtOnce<T> | Prepared<T>): BulkTarget =>
    everything
      ? { filter: question, expected_count: total.count }
      : { ids: rows.filter(action.appliesTo).map((row) => row.id) }

  async function settle<Done>(work: () => Promise<Done>): Promise<Done | null> {
    setBusy(true)
    try {
      return await work()
    } catch (error) {
      notifyError(error)
      return null
    } finally {
      setBusy(false)
      setProgress(null)
      setAsked(null)
      clear()
      await queries.invalidateQueries({ queryKey })
    }
  }

  const told = (done: string, of: T[]) =>
    of.length === 1 ? words.doneOne(done, rowName(of[0]!)) : words.done(done, of.length)

  async function runRows(action: RowByRow<T>) {
    const ended = await settle(() => runEach(rows.filter(action.appliesTo), action.run))
    if (!ended) return
    const { undo } = action
    const undoAll = async () => {
      await runEach(ended.done, undo!)
      await queries.invalidateQueries({ queryKey })
    }
    if (ended.done.length > 0) notifyDone(told(action.done, ended.done), undo && undoAll)
    if (ended.failed.length > 0)
      notifyFailure(words.failed(ended.failed.length, errorText(ended.failed[0]!.error)))
  }

  async function runAtOnce(action: AtOnce<T>) {
    const ended = await settle(() => action.runAll(targetOf(action), setProgress))
    if (!ended) return
    const { succeeded, skipped, failed, results } = ended
    const ids = results.filter((result) => result.status === 'succeeded').map((result) => result.id)
    const undo = async () => {
      await action.undoAll!({ ids }).catch(notifyError)
      await queries.invalidateQueries({ queryKey })
    }
    const why = (status: string) => results.find((result) => result.status === status)?.error ?? ''
    const done = rows.filter((row) => ids.includes(row.id))
    const text = done.length === succeeded ? told(action.done, done) : words.done(action.done, succeeded)
    if (succeeded > 0) notifyDone(text, action.undoAll && undo)
    if (skipped > 0) notifyDone(words.skipped(skipped, why('skipped')))
    if (failed > 0) notifyFailure(words.failed(failed, why('failed')))
  }

  const start = (action: BulkAction<T>) => {
    if ('runAll' in action) return runAtOnce(action)
    if ('prepare' in action) return action.prepare(targetOf(action))
    return action.confirm ? setAsked(action) : runRows(action)
  }

  return (
    <div className={classes.bulk}>
      <Text size="sm" fw={550} role="status">
        {everything ? words.selectedMatching(total.count) : words.selected(rows.length)}
      </Text>
      {mayTakeAll && !everything && (
        <Button size="compact-sm" variant="subtle" onClick={selectEverything}>
          {words.selectMatching(total.count)}
        </Button>
      )}
      {(everything ? actions.filter(takesAll) : actions).map((action) => {
        const count = rows.filter(action.appliesTo).length
        return (
          <Button
            key={action.label}
            size="compact-sm"
            variant="default"
            leftSection={action.icon}
            disabled={count === 0 && !everything}
            loading={busy}
            onClick={() => start(action)}
          >
            {action.label} {!everything && count > 0 && count < rows.length ? `(${count})` : ''}
          </Button>
        )
      })}
      {progress && <TaskProgress work={{ status: 'running', progress }} label={words.changing} />}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={clear}>
        {words.clearSelection}
      </Button>
      {asked?.confirm && (
        <ConfirmDialog
          {...asked.confirm(rows.filter(asked.appliesTo))}
          action={asked.label}
          busy={busy}
          onConfirm={() => runRows(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  )
}
