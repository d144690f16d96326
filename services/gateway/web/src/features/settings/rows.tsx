/** A short list whose rows are added, edited and removed in place. */
import { ActionIcon, Button, Text } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { settings as words } from '@/shared/i18n/en/settings'
import classes from './rows.module.css'

/** `key` tells rows apart while they are added and removed. */
export type Keyed = { key: number }

export const keyed = <T extends object>(items: T[]) => items.map((item, key) => ({ ...item, key }))

type Props<Row extends Keyed> = {
  name: string
  value: Row[]
  onChange: (value: Row[]) => void
  error?: ReactNode
  addLabel: string
  added: Omit<Row, 'key'>
  children: (row: Row, change: (changes: Partial<Row>) => void, number: number) => ReactNode
}

export function Rows<Row extends Keyed>({
  name,
  value,
  onChange,
  error,
  addLabel,
  added,
  children,
}: Props<Row>) {
  const next = Math.max(-1, ...value.map(({ key }) => key)) + 1
  return (
    <div>
      <ol className={classes.rows} aria-label={name}>
        {value.map((row, at) => (
          <li key={row.key} className={classes.row}>
            {children(
              row,
              (changes) => onChange(value.map((one) => (one.key === row.key ? { ...one, ...changes } : one))),
              at + 1,
            )}
            <ActionIcon
              aria-label={words.removeRow(name, at + 1)}
              onClick={() => onChange(value.filter(({ key }) => key !== row.key))}
            >
              <IconX size={15} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      {error && (
        <Text size="sm" c="red" role="alert" mb={6}>
          {error}
        </Text>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus aria-hidden size={14} />}
        onClick={() => onChange([...value, { ...added, key: next } as Row])}
      >
        {addLabel}
      </Button>
    </div>
  )
}
