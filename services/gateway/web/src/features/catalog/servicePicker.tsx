/** Finds one service of the catalog as one types, however many there are. */
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { picker as words } from '@/shared/i18n/en/catalogParts'
import { shownRate } from './columns'
import { fetchServices, type Service, servicesKey } from './queries'

const FOUND = 20

type Props = {
  label: string
  /** Ids of those chosen already. */
  without: string[]
  /** Others are not offered, such as kinds that cannot be chosen here. */
  accept?: (service: Service) => boolean
  onPick: (service: Service) => void
}

export function ServicePicker({ label, without, accept = () => true, onPick }: Props) {
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const query = useQuery({
    queryKey: [...servicesKey, 'picker', q],
    queryFn: ({ signal }) =>
      fetchServices(
        {
          page_size: Math.min(FOUND + without.length, 100),
          sort: 'name',
          status: 'active',
          q: q || undefined,
        },
        signal,
      ),
    placeholderData: keepPreviousData,
  })
  const offered = (query.data?.items ?? []).filter((one) => !without.includes(one.id) && accept(one))

  function pick(id: string | null) {
    const service = offered.find((one) => one.id === id)
    setText('')
    if (service) onPick(service)
  }

  return (
    <Select
      size="sm"
      label={label}
      placeholder={words.search}
      searchable
      // the server has looked already, also in descriptions
      filter={({ options }) => options}
      data={offered.slice(0, FOUND).map((one) => ({ value: one.id, label: one.name }))}
      value={null}
      searchValue={text}
      onSearchChange={setText}
      onChange={pick}
      nothingFoundMessage={query.isFetching ? words.loading : words.none}
      renderOption={({ option }) => {
        const service = offered.find((one) => one.id === option.value)
        return (
          <span style={{ display: 'flex', flex: 1, justifyContent: 'space-between', gap: '1rem' }}>
            <span>{option.label}</span>
            <span style={{ color: 'var(--mantine-color-dimmed)' }}>
              {service?.default_rate ? shownRate(service) : service?.category}
            </span>
          </span>
        )
      }}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
