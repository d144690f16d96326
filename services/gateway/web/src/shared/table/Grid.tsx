/** The list as a table. Above 100 rows only those near the window are in the document. */
import { Checkbox, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import { table as words } from '@/shared/i18n/en/table'
import classes from './DataTable.module.css'
import { toggleSort } from './listState'
import type { Parts } from './parts'
import { SideScroll } from './SideScroll'
import type { RowData } from './types'
import type { Total } from './useTotal'

const VIRTUAL_ABOVE = 100
const ROW_HEIGHT = { comfortable: 45, compact: 33 }

export function Grid<T extends RowData>(props: Parts<T> & { total: Total }) {
  const { table, state, label, bulk, rowName } = props
  const rows = table.getRowModel().rows
  const body = useRef<HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY)
  }, [])
  const virtual = rows.length > VIRTUAL_ABOVE
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT[state.density],
    getItemKey: (index) => rows[index]!.id,
    overscan: 15,
    scrollMargin: top,
    // It follows the window from the start: switched on later it would begin at the top again.
    initialOffset: () => window.scrollY,
  })
  const items = virtualizer.getVirtualItems()
  const shown = virtual ? items.map((item) => item.index) : rows.map((_, index) => index)
  const above = virtual && items[0] ? items[0].start - top : 0
  const below = virtual && items.length > 0 ? virtualizer.getTotalSize() - (items.at(-1)!.end - top) : 0

  return (
    <SideScroll label={label}>
      <table
        className={classes.table}
        aria-label={label}
        aria-rowcount={virtual ? (props.total.exact ? props.total.count + 1 : -1) : undefined}
      >
        <GridHead {...props} />
        <tbody ref={body} data-rows={rows.length}>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {shown.map((index) => {
            const row = rows[index]!
            return (
              <tr
                key={row.id}
                data-row={index}
                data-index={index}
                data-selected={row.getIsSelected() || undefined}
                aria-rowindex={virtual ? index + 2 : undefined}
                ref={virtual ? virtualizer.measureElement : undefined}
              >
                {bulk && (
                  <td className={classes.check} data-check>
                    <Checkbox
                      size="xs"
                      aria-label={words.selectRow(rowName(row.original))}
                      checked={row.getIsSelected()}
                      onChange={row.getToggleSelectedHandler()}
                      data-row-select
                    />
                  </td>
                )}
                {row.getVisibleCells().map((cell) => (
                  <td
                    key={cell.id}
                    data-align={cell.column.columnDef.meta?.align}
                    data-fixed={cell.column.columnDef.meta?.width ? true : undefined}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            )
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </SideScroll>
  )
}

function GridHead<T extends RowData>({ table, columns, state, update, bulk }: Parts<T>) {
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  return (
    <thead>
      <tr>
        {bulk && (
          <th className={classes.check} scope="col" data-check>
            <Checkbox
              size="xs"
              aria-label={words.selectAll}
              checked={table.getIsAllRowsSelected()}
              indeterminate={table.getIsSomeRowsSelected()}
              onChange={table.getToggleAllRowsSelectedHandler()}
            />
          </th>
        )}
        {headers.map((header) => {
          const column = columns.find((candidate) => candidate.id === header.id)!
          const sorted = column.sort ? direction(state.sort, column.sort) : undefined
          return (
            <th
              key={header.id}
              scope="col"
              aria-sort={sorted}
              data-align={column.align}
              style={column.width ? { width: column.width } : undefined}
            >
              {column.sort ? (
                <button
                  type="button"
                  className={classes.sort}
                  onClick={() => update({ sort: toggleSort(state.sort, column.sort!) })}
                >
                  {column.header}
                  <SortIcon sorted={sorted} />
                </button>
              ) : column.bare ? (
                <VisuallyHidden>{column.header}</VisuallyHidden>
              ) : (
                column.header
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function direction(sort: string, field: string): 'ascending' | 'descending' | undefined {
  const first = sort.split(',')[0]
  if (first === field) return 'ascending'
  return first === `-${field}` ? 'descending' : undefined
}

function SortIcon({ sorted }: { sorted?: 'ascending' | 'descending' }) {
  const Icon = sorted === 'ascending' ? IconArrowUp : sorted === 'descending' ? IconArrowDown : IconArrowsSort
  return <Icon aria-hidden size={13} stroke={1.8} data-idle={sorted === undefined || undefined} />
}
