/** Rows or cards, which columns are shown, and how high the rows are. */
import { ActionIcon, Checkbox, Popover, SegmentedControl, Stack } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { table as words } from '@/shared/i18n/en/table'
import classes from './DataTable.module.css'
import type { Density, Layout } from './listState'
import type { Parts } from './parts'
import type { RowData } from './types'

export function ViewMenu<T extends RowData>({ table, columns, state, update }: Parts<T>) {
  const visible = columns
    .filter((column) => table.getColumn(column.id)?.getIsVisible())
    .map((column) => column.id)
  const toggle = (id: string) =>
    update({ columns: visible.includes(id) ? visible.filter((other) => other !== id) : [...visible, id] })
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          className={classes.view}
          size={30}
          variant="default"
          aria-label={words.view}
          title={words.view}
        >
          <IconAdjustmentsHorizontal size={16} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.view}>
        <Stack gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={words.layout.label}
            value={state.layout}
            data={[
              { value: 'table', label: words.layout.table },
              { value: 'cards', label: words.layout.cards },
            ]}
            onChange={(value) => update({ layout: value as Layout })}
          />
          <SegmentedControl
            size="xs"
            aria-label={words.density.label}
            value={state.density}
            data={[
              { value: 'comfortable', label: words.density.comfortable },
              { value: 'compact', label: words.density.compact },
            ]}
            onChange={(value) => update({ density: value as Density })}
          />
          {columns
            .slice(1)
            .filter((column) => !column.bare)
            .map((column) => (
              <Checkbox
                key={column.id}
                size="xs"
                label={column.header}
                checked={visible.includes(column.id)}
                onChange={() => toggle(column.id)}
              />
            ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
