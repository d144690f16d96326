/**
 * A number that turns into a field in place: Enter or leaving it commits, Escape gives up. What cannot be read stays
 * in the field with the reason, also when the field is left.
 */
import { IconPencil } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { type NumberRules, numberProblem, readDecimal } from '@/shared/numbers'
import classes from './InlineEdit.module.css'
import { NumberField } from './NumberField'

type Props = {
  value: string
  shown: string
  label: string
  editLabel: string
  rules: NumberRules
  unit?: string | null
  onCommit: (value: string) => void
}

export function InlineEdit({ value, shown, label, editLabel, rules, unit, onCommit }: Props) {
  const [text, setText] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const refocus = useRef(false)
  const error = text === null ? null : numberProblem(text, rules)

  function close() {
    refocus.current = true
    setText(null)
  }

  function commit() {
    if (text === null) return
    if (text.trim() === value) return close()
    if (error) return
    onCommit(readDecimal(text, rules)!)
    close()
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      // else the same key press would reach the button that takes the field's place, and open it again
      event.preventDefault()
      commit()
    }
    if (event.key === 'Escape') close()
  }

  if (text === null)
    return (
      <button
        type="button"
        ref={(element) => {
          button.current = element
          if (element && refocus.current) {
            refocus.current = false
            element.focus({ preventScroll: true })
          }
        }}
        className={classes.value}
        aria-label={`${editLabel}, ${shown}`}
        onClick={() => setText(value)}
        data-row-edit
      >
        {shown}
        <IconPencil aria-hidden size={13} stroke={1.7} />
      </button>
    )
  return (
    <NumberField
      kind={rules.kind}
      currency={rules.currency}
      unit={unit}
      size="xs"
      className={classes.field}
      aria-label={label}
      value={text}
      error={error}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={onKey}
    />
  )
}
