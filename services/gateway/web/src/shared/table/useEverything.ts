/**
 * "Select all 795 matching": the rows in view are selected, those still to be loaded become so as they arrive, and
 * taking one row out ends it.
 */
import { useEffect, useState } from 'react'
import type { TableOf } from './parts'
import type { RowData } from './types'

export function useEverything<T extends RowData>(table: TableOf<T>) {
  /** How many rows were loaded when last all of them were selected; null: only the rows chosen one by one. */
  const [until, setUntil] = useState<number | null>(null)
  const loaded = table.getRowModel().rows.length
  const selected = table.getSelectedRowModel().rows.length
  const grown = until !== null && loaded > until
  const ended = until !== null && !grown && selected < loaded

  useEffect(() => {
    if (grown) {
      table.toggleAllRowsSelected(true)
      setUntil(loaded)
    } else if (ended) setUntil(null)
  }, [grown, ended, loaded, table])

  return {
    everything: until !== null && !ended,
    selectEverything: () => setUntil(loaded),
    clear: () => {
      setUntil(null)
      table.resetRowSelection(true)
    },
  }
}
