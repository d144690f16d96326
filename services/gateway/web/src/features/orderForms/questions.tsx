/** The questions of a form, in their order. */
import { ActionIcon, Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { orderForms as words } from '@/shared/i18n/en/orderForms'
import classes from './questions.module.css'
import { newRow, type Row } from './values'

const MOST = 50
const TYPES = Object.entries(words.types).map(([value, label]) => ({ value, label }))

export function Questions({ rows, onChange }: { rows: Row[]; onChange: (rows: Row[]) => void }) {
  const change = (key: number, change: Partial<Row>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)))
  const moveUp = (at: number) => onChange(rows.with(at - 1, rows[at]!).with(at, rows[at - 1]!))

  return (
    <div>
      <ol className={classes.questions}>
        {rows.map((row, at) => (
          <li key={row.key}>
            <TextInput
              size="xs"
              aria-label={words.question(at + 1)}
              placeholder={words.question(at + 1)}
              maxLength={200}
              value={row.label}
              onChange={(event) => change(row.key, { label: event.currentTarget.value })}
            />
            <NativeSelect
              size="xs"
              aria-label={words.typeOf(at + 1)}
              data={TYPES}
              value={row.type}
              onChange={(event) => change(row.key, { type: event.currentTarget.value as Row['type'] })}
            />
            <Checkbox
              size="xs"
              label={words.required}
              aria-label={words.requiredOf(at + 1)}
              checked={row.required}
              onChange={(event) => change(row.key, { required: event.currentTarget.checked })}
            />
            <span className={classes.tools}>
              <ActionIcon aria-label={words.up(at + 1)} disabled={at === 0} onClick={() => moveUp(at)}>
                <IconArrowUp size={15} />
              </ActionIcon>
              <ActionIcon
                aria-label={words.remove(at + 1)}
                disabled={rows.length === 1}
                onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
              >
                <IconX size={15} />
              </ActionIcon>
            </span>
            {row.type === 'choice' && (
              <Textarea
                size="xs"
                className={classes.choices}
                aria-label={words.choicesOf(at + 1)}
                placeholder={words.choices}
                autosize
                minRows={2}
                maxRows={8}
                value={row.choices}
                onChange={(event) => change(row.key, { choices: event.currentTarget.value })}
              />
            )}
          </li>
        ))}
      </ol>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus aria-hidden size={14} />}
        disabled={rows.length >= MOST}
        onClick={() => onChange([...rows, newRow(rows)])}
      >
        {words.add}
      </Button>
    </div>
  )
}
