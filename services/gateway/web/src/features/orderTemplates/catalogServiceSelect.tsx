/** Chooses a labor service of the catalog, or none. */
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { fetchServices, servicesKey } from '@/features/catalog/queries'
import { picker } from '@/shared/i18n/en/catalogParts'
import { orderTemplates as words } from '@/shared/i18n/en/orderTemplates'

type Props = {
  label: string
  /** The name of the service that is chosen at first, which need not be among those found. */
  name: string
  value?: string
  error?: ReactNode
  onChange: (id: string) => void
}

export function CatalogServiceSelect({ label, name, value = '', error, onChange }: Props) {
  const [first] = useState({ value, label: name })
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const query = useQuery({
    queryKey: [...servicesKey, 'labor', q],
    queryFn: ({ signal }) =>
      fetchServices(
        { page_size: 50, sort: 'name', status: 'active', kind: 'labor', q: q || undefined },
        signal,
      ),
    placeholderData: keepPreviousData,
  })
  const found = (query.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))
  const missing = first.value && !found.some((one) => one.value === first.value)
  return (
    <Select
      size="sm"
      label={label}
      placeholder={words.noService}
      searchable
      clearable
      data={missing ? [first, ...found] : found}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      onSearchChange={setText}
      nothingFoundMessage={query.isFetching ? picker.loading : picker.none}
      error={error}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
