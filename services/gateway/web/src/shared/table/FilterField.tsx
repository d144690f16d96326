/** One filter of a list: a choice by default, or the field the list brings for it. */
import { NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { common } from '@/shared/i18n/en/common'
import classes from './DataTable.module.css'
import type { Filter, FilterFieldProps } from './types'

type Props = { filter: Filter; value: string; onChange: (value: string) => void }

export function FilterField({ filter, value, onChange }: Props) {
  if ('Field' in filter) return <filter.Field label={filter.label} value={value} onChange={onChange} />
  return (
    <NativeSelect
      aria-label={filter.label}
      className={classes.filter}
      size="xs"
      value={value}
      data={[{ value: '', label: `${filter.label}: ${common.all}` }, ...filter.options]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** A day; what a browser cannot read as one yet is not sent. */
export function DayFilter({ label, value, onChange }: FilterFieldProps) {
  return (
    <TextInput
      type="date"
      size="xs"
      className={classes.filter}
      aria-label={label}
      leftSection={<span className={classes.filterName}>{label}</span>}
      leftSectionWidth={`${label.length + 2}ch`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const TYPING_MS = 400

/** A text that the list is filtered by as a whole, such as an address. */
export function TextFilter({ label, value, onChange }: FilterFieldProps) {
  const [text, setText] = useState(value)
  const send = useDebouncedCallback((next: string) => onChange(next.trim()), TYPING_MS)
  useEffect(() => setText(value), [value])
  return (
    <TextInput
      size="xs"
      className={classes.filter}
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        send(event.currentTarget.value)
      }}
    />
  )
}
