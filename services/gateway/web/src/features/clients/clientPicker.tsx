/** Finds one client as one types, however many there are: as a field of a form, and as a filter of a list. */
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { clients } from '@/shared/i18n/en/clients'
import type { FilterFieldProps } from '@/shared/table/types'
import { clientQuery, fetchClients } from './queries'

const CHOICES = 20

/** Everything of a `Select` that searches clients on the server and knows the name of the chosen one. */
function useClientSelect(value: string, without?: string) {
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const chosen = useQuery({ ...clientQuery(value), enabled: value !== '' }).data
  const asked = q === chosen?.name ? '' : q
  const query = useQuery({
    queryKey: ['clients', 'choices', asked],
    queryFn: ({ signal }) =>
      fetchClients({ q: asked || undefined, page_size: CHOICES, sort: 'name' }, signal),
    placeholderData: keepPreviousData,
  })
  const found = (query.data?.items ?? []).filter((one) => one.id !== without)
  const offered = found.map(({ id, name }) => ({ value: id, label: name }))
  const missing = value !== '' && !found.some((one) => one.id === value)
  return {
    searchable: true,
    filter: ({ options }: { options: unknown[] }) => options as never,
    data: missing ? [{ value, label: chosen?.name ?? '…' }, ...offered] : offered,
    value: value || null,
    searchValue: text,
    onSearchChange: setText,
    nothingFoundMessage: query.isFetching ? clients.searching : clients.noMatch,
  }
}

type Props = {
  label: string
  without?: string
  value?: string
  error?: ReactNode
  required?: boolean
  /** The first field of its dialog. */
  autoFocus?: boolean
  onChange: (id: string) => void
}

export function ClientPicker({ label, without, value = '', error, required, autoFocus, onChange }: Props) {
  return (
    <Select
      {...useClientSelect(value, without)}
      size="sm"
      label={label}
      placeholder={clients.typeName}
      required={required}
      data-autofocus={autoFocus || undefined}
      openOnFocus={!autoFocus}
      onChange={(id) => onChange(id ?? '')}
      error={error}
      comboboxProps={{ withinPortal: false }}
    />
  )
}

export function ClientFilterField({ label, value, onChange }: FilterFieldProps) {
  return (
    <Select
      {...useClientSelect(value)}
      size="xs"
      w={{ base: '100%', sm: '12rem' }}
      aria-label={label}
      placeholder={`${label}: ${clients.anyClient}`}
      clearable
      onChange={(id) => onChange(id ?? '')}
    />
  )
}
