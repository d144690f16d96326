/**
 * The one table of the product: asks the server for sorted, filtered keyset pages; a grid on a desk, cards on a phone;
 * rows are selected by id. Everything a user can set about it is in the address (see listState.ts).
 */
import { Paper, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ColumnDef, type RowSelectionState, useTable } from '@tanstack/react-table'
import { useMemo, useRef, useState } from 'react'
import { common } from '@/shared/i18n/en/common'
import { states } from '@/shared/i18n/en/states'
import { lazyPart } from '@/shared/lazyPart'
import { EmptyState } from '@/shared/states/EmptyState'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { Cards } from './Cards'
import classes from './DataTable.module.css'
import { Footer } from './Footer'
import { Grid } from './Grid'
import { isFiltered } from './listState'
import { ClearFilters, Toolbar } from './Toolbar'
import { type Column, type DataTableProps, features, type RowData, takesAll } from './types'
import { useListQuery } from './useListQuery'
import { useListState } from './useListState'
import { useTableKeys } from './useTableKeys'
import { useTotal } from './useTotal'

const BulkBar = lazyPart(async () => (await import('./BulkBar')).BulkBar)

export function DataTable<T extends RowData>(props: DataTableProps<T>) {
  const { state, update, defaults } = useListState(props)
  const { query, rows } = useListQuery(props, state)
  const [selected, setSelected] = useSelection(JSON.stringify([state.q, state.filters]))
  const question = { ...state.filters, ...(state.q && { q: state.q }) }
  const allSelected = rows.length > 0 && rows.every(({ id }) => selected[id])
  const needed = allSelected && (props.bulk?.some(takesAll) ?? false)
  const total = useTotal(props, { first: query.data?.pages[0], question, needed })
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const container = useRef<HTMLDivElement>(null)
  useTableKeys(container)

  const table = useTable({
    features,
    data: rows,
    columns: useMemo(() => props.columns.map(definition), [props.columns]),
    getRowId: (row) => row.id,
    manualSorting: true,
    enableRowSelection: props.bulk !== undefined,
    state: {
      rowSelection: selected,
      columnVisibility: useMemo(
        () => visibility(props.columns, state.columns),
        [props.columns, state.columns],
      ),
    },
    onRowSelectionChange: setSelected,
  })

  const clear = () => update({ q: '', filters: defaults.filters ?? {} })
  const filtered = isFiltered(state, defaults)
  const parts = { ...props, table, state, update }
  return (
    <Paper className={classes.frame} ref={container} data-density={state.density}>
      <Toolbar {...parts} filtered={filtered} onClear={clear} busy={query.isFetching && !query.isPending} />
      {props.bulk && Object.keys(selected).length > 0 && (
        <BulkBar
          table={table}
          actions={props.bulk}
          queryKey={props.queryKey}
          total={total}
          rowName={props.rowName}
          question={question}
        />
      )}
      {query.isPending ? (
        <RowsSkeleton />
      ) : query.isError && rows.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : rows.length === 0 ? (
        filtered ? (
          <EmptyState {...states.emptyFiltered} action={<ClearFilters onClear={clear} />} />
        ) : (
          <EmptyState {...props.empty} />
        )
      ) : phone || state.layout === 'cards' ? (
        <Cards {...parts} />
      ) : (
        <Grid {...parts} total={total} />
      )}
      {rows.length > 0 && props.summary?.(question)}
      {rows.length > 0 && (
        <Footer
          shown={rows.length}
          total={total}
          error={query.isError ? query.error : null}
          busy={query.isFetchingNextPage}
          more={query.hasNextPage}
          onMore={() =>
            query.isError ? query.fetchNextPage() : update({ pages: (query.data?.pages.length ?? 1) + 1 })
          }
        />
      )}
      <VisuallyHidden role="status">{query.isFetching ? common.loading : ''}</VisuallyHidden>
    </Paper>
  )
}

function definition<T extends RowData>(column: Column<T>): ColumnDef<typeof features, T> {
  return {
    id: column.id,
    header: column.header,
    enableSorting: column.sort !== undefined,
    cell: ({ row }) => column.cell(row.original),
    meta: {
      align: column.align,
      width: column.width,
      card: column.card,
      bare: column.bare,
      name: column.header,
    },
  }
}

function visibility<T>(columns: Column<T>[], chosen: string[] | null): Record<string, boolean> {
  return Object.fromEntries(
    columns.map((column, index) => [
      column.id,
      index === 0 || column.bare || (chosen ? chosen.includes(column.id) : !column.optional),
    ]),
  )
}

/** Selection belongs to a question: another search or filter clears it, so that no unseen row is acted upon. */
function useSelection(question: string) {
  const [held, setHeld] = useState<{ question: string; rows: RowSelectionState }>({ question, rows: {} })
  const rows = held.question === question ? held.rows : {}
  const set = (change: RowSelectionState | ((old: RowSelectionState) => RowSelectionState)) =>
    setHeld({ question, rows: typeof change === 'function' ? change(rows) : change })
  return [rows, set] as const
}
