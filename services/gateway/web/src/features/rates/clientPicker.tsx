/** Finds one client as one types, however many there are. */
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { rateLists as words } from '@/shared/i18n/en/rates'
import { clientChoicesQuery } from './acrossQueries'

type Props = {
  label: string
  without?: string
  value?: string
  error?: ReactNode
  onChange: (id: string) => void
}

export function ClientPicker({ label, without, value, error, onChange }: Props) {
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const [name, setName] = useState('')
  const query = useQuery({ ...clientChoicesQuery(q === name ? '' : q), placeholderData: keepPreviousData })
  const found = (query.data?.items ?? []).filter((one) => one.id !== without)
  const chosen = value && !found.some((one) => one.id === value) ? [{ value, label: name }] : []
  return (
    <Select
      size="sm"
      label={label}
      placeholder={words.searchClient}
      searchable
      filter={({ options }) => options}
      data={[...chosen, ...found.map((one) => ({ value: one.id!, label: one.name }))]}
      value={value || null}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id, option) => {
        setName(option?.label ?? '')
        onChange(id ?? '')
      }}
      error={error}
      nothingFoundMessage={query.isFetching ? words.searching : words.noClient}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
