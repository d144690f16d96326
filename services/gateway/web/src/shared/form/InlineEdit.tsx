/** A value that turns into a field in place: Enter or leaving it commits, Escape gives up. */
import { TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import classes from './InlineEdit.module.css'

type Props = {
  value: string
  shown: string
  label: string
  editLabel: string
  /** A reason why the text cannot be taken, or null. */
  check: (text: string) => string | null
  onCommit: (text: string) => void
}

export function InlineEdit({ value, shown, label, editLabel, check, onCommit }: Props) {
  const [text, setText] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const refocus = useRef(false)
  const error = text === null ? null : check(text)

  function close() {
    refocus.current = true
    setText(null)
  }

  function commit() {
    if (text === null) return
    if (text.trim() === value) return close()
    if (error) return
    onCommit(text)
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
    <TextInput
      size="xs"
      className={classes.field}
      aria-label={label}
      inputMode="decimal"
      value={text}
      error={text.trim() === '' ? true : error}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => (error ? setText(null) : commit())}
      onKeyDown={onKey}
    />
  )
}
