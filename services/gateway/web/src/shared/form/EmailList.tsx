/** Addresses in copy, typed or pasted from a mail program: each is checked as it is added, at most ten are taken. */
import { TagsInput } from '@mantine/core'
import { type ClipboardEvent, type ReactNode, useState } from 'react'
import { clients } from '@/shared/i18n/en/clients'
import { isEmail, splitAddresses, withoutTwins } from './emailAddresses'

export const MOST_IN_COPY = 10

type Props = {
  label: string
  description?: string
  value?: string[]
  error?: ReactNode
  onChange: (value: string[]) => void
}

export function EmailList({ label, description, value = [], error, onChange }: Props) {
  const [refused, setRefused] = useState<string | null>(null)

  function change(next: string[]) {
    const found = withoutTwins(
      next.flatMap((entry) => (value.includes(entry) ? [entry] : splitAddresses(entry))),
    )
    const wrong = found.find((address) => !value.includes(address) && !isEmail(address))
    if (wrong) setRefused(clients.hints.invalidEmail(wrong))
    else if (found.length > MOST_IN_COPY) setRefused(clients.hints.tooMany)
    else setRefused(null)
    onChange(found.filter((address) => value.includes(address) || isEmail(address)).slice(0, MOST_IN_COPY))
  }

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
      error={refused ?? error}
      splitChars={[',', ';', ' ']}
      acceptValueOnBlur
    />
  )
}
