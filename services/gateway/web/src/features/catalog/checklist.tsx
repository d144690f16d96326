/** The steps before a subscription is active, in their order. */
import { ActionIcon, Button, Checkbox, Text, TextInput } from '@mantine/core'
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { plans as words } from '@/shared/i18n/en/catalogPrices'
import classes from './checklist.module.css'

const MOST = 50

/** `key` tells rows apart while they are added, moved and taken away. */
export type Step = { key: number; name: string; description: string; required: boolean }

export function Checklist({ value, onChange }: { value: Step[]; onChange: (value: Step[]) => void }) {
  const change = (key: number, change: Partial<Step>) =>
    onChange(value.map((step) => (step.key === key ? { ...step, ...change } : step)))
  const add = () =>
    onChange([
      ...value,
      { key: Math.max(-1, ...value.map(({ key }) => key)) + 1, name: '', description: '', required: true },
    ])
  const moveUp = (at: number) => onChange(value.with(at - 1, value[at]!).with(at, value[at - 1]!))

  return (
    <div>
      <Text size="xs" c="dimmed" mb={6}>
        {words.checklistHint}
      </Text>
      <ol className={classes.steps}>
        {value.map((step, at) => (
          <li key={step.key}>
            <span className={classes.number}>{at + 1}</span>
            <TextInput
              size="xs"
              aria-label={words.stepName(at + 1)}
              placeholder={words.step}
              maxLength={200}
              value={step.name}
              onChange={(event) => change(step.key, { name: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              aria-label={words.stepDescription(at + 1)}
              placeholder={words.stepMore}
              maxLength={2000}
              value={step.description}
              onChange={(event) => change(step.key, { description: event.currentTarget.value })}
            />
            <Checkbox
              size="xs"
              label={words.required}
              aria-label={words.stepRequired(at + 1)}
              checked={step.required}
              onChange={(event) => change(step.key, { required: event.currentTarget.checked })}
            />
            <span className={classes.tools}>
              <ActionIcon aria-label={words.moveUp(at + 1)} disabled={at === 0} onClick={() => moveUp(at)}>
                <IconArrowUp size={15} />
              </ActionIcon>
              <ActionIcon
                aria-label={words.removeStep(at + 1)}
                onClick={() => onChange(value.filter(({ key }) => key !== step.key))}
              >
                <IconX size={15} />
              </ActionIcon>
            </span>
          </li>
        ))}
      </ol>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus aria-hidden size={14} />}
        disabled={value.length >= MOST}
        onClick={add}
      >
        {words.addStep}
      </Button>
    </div>
  )
}
