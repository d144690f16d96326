/** The list on a phone: one card a row, the same cells in another order. */
import { Checkbox, VisuallyHidden } from '@mantine/core'
import { table as words } from '@/shared/i18n/en/table'
import classes from './DataTable.module.css'
import type { Parts } from './parts'
import type { RowData } from './types'

export function Cards<T extends RowData>({ table, label, bulk, rowName }: Parts<T>) {
  return (
    <ul className={classes.cards} aria-label={label}>
      {table.getRowModel().rows.map((row, index) => {
        const cells = row.getVisibleCells()
        const at = (place: string) => cells.filter((cell) => cell.column.columnDef.meta?.card === place)
        const details = cells.filter((cell) => !cell.column.columnDef.meta?.card)
        return (
          <li
            key={row.id}
            className={classes.card}
            data-row={index}
            data-selected={row.getIsSelected() || undefined}
          >
            <div className={classes.cardHead}>
              {bulk && (
                <Checkbox
                  size="sm"
                  aria-label={words.selectRow(rowName(row.original))}
                  checked={row.getIsSelected()}
                  onChange={row.getToggleSelectedHandler()}
                  data-row-select
                />
              )}
              <div className={classes.cardTitle}>
                {at('title').map((cell) => (
                  <table.FlexRender key={cell.id} cell={cell} />
                ))}
              </div>
              {at('corner').map((cell) => (
                <table.FlexRender key={cell.id} cell={cell} />
              ))}
            </div>
            <dl className={classes.cardBody}>
              {details.map((cell) => (
                <div key={cell.id}>
                  {cell.column.columnDef.meta?.bare ? (
                    <VisuallyHidden component="dt">{cell.column.columnDef.meta.name}</VisuallyHidden>
                  ) : (
                    <dt>{cell.column.columnDef.meta?.name}</dt>
                  )}
                  <dd>
                    <table.FlexRender cell={cell} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        )
      })}
    </ul>
  )
}
