/** Finds one included service of a client's rate card as one types. */
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { picker as words } from '@/shared/i18n/en/catalogParts'
import { formatRate } from '@/shared/money'
import { type ClientService, cardMatchesQuery } from './queries'

type Props = {
  label: string
  clientId: string
  currency: string
  value: string
  placeholder?: string
  error?: ReactNode
  onPick: (service: ClientService | null) => void
}

export function CardPicker({ label, clientId, currency, value, placeholder, error, onPick }: Props) {
  const [text, setText] = useState('')
  const [picked, setPicked] = useState<ClientService | null>(null)
  const [q] = useDebouncedValue(text.trim(), 150)
  const query = useQuery({
    ...cardMatchesQuery(clientId, q === picked?.name ? '' : q),
    enabled: clientId !== '',
    placeholderData: keepPreviousData,
  })
  const found = query.data?.items ?? []
  const offered = picked && !found.some((one) => one.id === picked.id) ? [picked, ...found] : found
  const rateOf = (id: string) => {
    const service = offered.find((one) => one.id === id)
    return service ? formatRate(service.effective_rate, currency, service.unit) : ''
  }

  function pick(id: string | null) {
    const service = offered.find((one) => one.id === id) ?? null
    setPicked(service)
    onPick(service)
  }

  return (
    <Select
      size="sm"
      label={label}
      placeholder={placeholder ?? words.search}
      disabled={clientId === ''}
      searchable
      clearable
      filter={({ options }) => options}
      data={offered.map((one) => ({ value: one.id, label: one.name }))}
      value={value || null}
      searchValue={text}
      onSearchChange={setText}
      onChange={pick}
      error={error}
      nothingFoundMessage={query.isFetching ? words.loading : words.none}
      renderOption={({ option }) => (
        <span style={{ display: 'flex', flex: 1, justifyContent: 'space-between', gap: '1rem' }}>
          <span>{option.label}</span>
          <span style={{ color: 'var(--mantine-color-dimmed)' }}>{rateOf(option.value)}</span>
        </span>
      )}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
