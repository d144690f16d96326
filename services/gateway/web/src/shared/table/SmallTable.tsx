/** A few rows inside another page: no paging, no sorting, no state. Lists use DataTable. */
import type { ReactNode } from 'react'
import classes from './SmallTable.module.css'

export type SmallColumn<T> = {
  header: string
  cell: (row: T) => ReactNode
  align?: 'right'
}

type Props<T> = { label: string; columns: SmallColumn<T>[]; rows: T[]; rowKey: (row: T) => string }

export function SmallTable<T>({ label, columns, rows, rowKey }: Props<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls sideways must be reachable by keyboard
    <div className={classes.scroll} role="group" tabIndex={0} aria-label={label}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.header} scope="col" data-align={column.align}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.header} data-align={column.align}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
