/** The taxes of one code, in the order they are charged. */
import { ActionIcon, Button, Checkbox, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { NumberField } from '@/shared/form/NumberField'
import { taxCodes as words } from '@/shared/i18n/en/catalogParts'
import classes from './components.module.css'
import { type Component, emptyComponent } from './values'

const MOST = 10

type Props = { value: Component[]; error?: ReactNode; onChange: (value: Component[]) => void }

export function Components({ value, error, onChange }: Props) {
  const change = (key: number, change: Partial<Component>) =>
    onChange(value.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const add = () => onChange([...value, emptyComponent(Math.max(-1, ...value.map(({ key }) => key)) + 1)])
  return (
    <div>
      <ol className={classes.list}>
        {value.map((component, at) => (
          <li key={component.key} className={classes.row}>
            <TextInput
              size="xs"
              aria-label={words.componentName(at + 1)}
              placeholder={words.fields.component}
              maxLength={100}
              value={component.name}
              onChange={(event) => change(component.key, { name: event.currentTarget.value })}
            />
            <NumberField
              kind="percent"
              size="xs"
              aria-label={words.componentRate(at + 1)}
              rightSection="%"
              value={component.rate_percent}
              onChange={(event) => change(component.key, { rate_percent: event.currentTarget.value })}
            />
            <Checkbox
              size="xs"
              label={words.fields.compound}
              aria-label={words.componentCompound(at + 1)}
              checked={at > 0 && component.compound}
              disabled={at === 0}
              onChange={(event) => change(component.key, { compound: event.currentTarget.checked })}
            />
            <ActionIcon
              aria-label={words.removeComponent(at + 1)}
              disabled={value.length === 1}
              onClick={() => onChange(value.filter(({ key }) => key !== component.key))}
            >
              <IconX size={15} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus aria-hidden size={14} />}
        disabled={value.length >= MOST}
        onClick={add}
      >
        {words.addComponent}
      </Button>
    </div>
  )
}
