import type { ReactTable } from '@tanstack/react-table'
import type { ListState } from './listState'
import type { DataTableProps, features, RowData } from './types'

export type TableOf<T extends RowData> = ReactTable<typeof features, T>

/** What the table hands to each of its parts. */
export type Parts<T extends RowData> = DataTableProps<T> & {
  table: TableOf<T>
  state: ListState
  update: (change: Partial<ListState>) => void
}
