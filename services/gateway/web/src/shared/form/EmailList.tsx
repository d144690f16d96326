/**
 * Addresses in copy, typed or pasted from a mail program. A wrong one stays as a red pill, so that nothing typed is lost;
 * `emailListProblem` in the form's checks keeps it from being saved.
 */
import { Pill, TagsInput } from '@mantine/core'
import type { ClipboardEvent, ReactNode } from 'react'
import { clients } from '@/shared/i18n/en/clients'
import classes from './EmailList.module.css'
import { isEmail, splitAddresses, withoutTwins } from './emailAddresses'

export const MOST_IN_COPY = 10

type Props = {
  label: string
  description?: string
  value?: string[]
  error?: ReactNode
  onChange: (value: string[]) => void
}

/** Why the list cannot be saved, or null. */
export function emailListProblem(list: string[]): string | null {
  const wrong = list.find((address) => !isEmail(address))
  if (wrong !== undefined) return clients.hints.invalidEmail(wrong)
  return list.length > MOST_IN_COPY ? clients.hints.tooMany : null
}

export function EmailList({ label, description, value = [], error, onChange }: Props) {
  const change = (next: string[]) =>
    onChange(withoutTwins(next.flatMap((entry) => (value.includes(entry) ? [entry] : splitAddresses(entry)))))

  /** Before the field splits it at every comma: a comma in a name is none between addresses. */
  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const text = event.clipboardData.getData('text/plain')
    if (!text.includes('@')) return
    event.preventDefault()
    change([...value, text])
  }

  return (
    <TagsInput
      size="sm"
      label={label}
      description={description}
      value={value}
      onChange={change}
      onPaste={paste}
      error={emailListProblem(value) ?? error}
      splitChars={[',', ';', ' ']}
      acceptValueOnBlur
      renderPill={({ option, onRemove, disabled }) => (
        <Pill
          withRemoveButton={!disabled}
          onRemove={onRemove}
          className={isEmail(String(option.value)) ? undefined : classes.wrong}
          data-wrong={isEmail(String(option.value)) ? undefined : true}
        >
          {option.label}
        </Pill>
      )}
    />
  )
}
