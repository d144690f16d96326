/** Addresses in copy: each is checked as it is added, and at most ten are taken. */
import { TagsInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { clients } from '@/shared/i18n/en/clients'

export const MOST_IN_COPY = 10
const ADDRESS = /^[^\s@,]+@[^\s@,]+\.[^\s@,.]{2,}$/

export const isEmail = (text: string) => ADDRESS.test(text)

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
    const wrong = next.find((address) => !value.includes(address) && !isEmail(address))
    if (wrong) setRefused(clients.hints.invalidEmail(wrong))
    else if (next.length > MOST_IN_COPY) setRefused(clients.hints.tooMany)
    else setRefused(null)
    onChange(next.filter((address) => value.includes(address) || isEmail(address)).slice(0, MOST_IN_COPY))
  }

  return (
    <TagsInput
      size="sm"
      label={label}
      description={description}
      value={value}
      onChange={change}
      error={refused ?? error}
      splitChars={[',', ';', ' ']}
      acceptValueOnBlur
    />
  )
}
