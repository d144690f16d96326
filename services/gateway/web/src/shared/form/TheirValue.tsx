/** Beside a field that two people changed: what the other one saved, and a way to take it. */
import { Button } from '@mantine/core'
import { edits as words } from '@/shared/i18n/en/edits'

export function TheirValue({ value, onTake }: { value: unknown; onTake: () => void }) {
  return (
    <span data-their-value>
      {words.theirs(shown(value))}{' '}
      <Button size="compact-xs" variant="subtle" onClick={onTake}>
        {words.takeTheirs}
      </Button>
    </span>
  )
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return words.empty
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return value.length > 0 ? `“${value.join(', ')}”` : words.empty
  return typeof value === 'object' ? words.another : `“${value}”`
}
