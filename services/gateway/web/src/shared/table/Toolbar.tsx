/** Search, filters, and what of the table is shown. */
import { Button, Loader, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks'
import { IconFilter, IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState } from 'react'
import { states } from '@/shared/i18n/en/states'
import { table as words } from '@/shared/i18n/en/table'
import { lazyPart } from '@/shared/lazyPart'
import { isClientUser } from '@/shared/session/permissions'
import { useUser } from '@/shared/session/useUser'
import classes from './DataTable.module.css'
import { FilterField } from './FilterField'
import type { Parts } from './parts'
import type { RowData } from './types'

const SavedViews = lazyPart(async () => (await import('./SavedViews')).SavedViews)
const ViewMenu = lazyPart(async () => (await import('./ViewMenu')).ViewMenu)
const SEARCH_DELAY_MS = 250

type Props<T extends RowData> = Parts<T> & { filtered: boolean; onClear: () => void; busy: boolean }

export function Toolbar<T extends RowData>(props: Props<T>) {
  const { searchLabel, state, update, filtered, onClear, busy } = props
  const [open, setOpen] = useState(false)
  const panel = useId()
  const user = useUser()
  const staff = user !== null && !isClientUser(user)
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  return (
    <search className={classes.toolbar}>
      {searchLabel && <SearchBox label={searchLabel} value={state.q} onSearch={(q) => update({ q })} />}
      {phone && (
        <Button
          variant="default"
          aria-expanded={open}
          aria-controls={panel}
          leftSection={<IconFilter aria-hidden size={14} />}
          onClick={() => setOpen(!open)}
        >
          {words.filtersAndSort(Object.keys(state.filters).length)}
        </Button>
      )}
      {phone ? (
        <div id={panel} className={classes.panel} hidden={!open}>
          <Filters {...props} />
          <SortSelect {...props} />
        </div>
      ) : (
        <Filters {...props} />
      )}
      {filtered && (
        <Button variant="subtle" color="gray" onClick={onClear} leftSection={<IconX aria-hidden size={14} />}>
          {words.clear}
        </Button>
      )}
      {busy && <Loader size={14} aria-hidden />}
      {staff && <SavedViews />}
      {!phone && <ViewMenu {...props} />}
    </search>
  )
}

function Filters<T extends RowData>({ filters, state, update }: Parts<T>) {
  return filters?.map((filter) => (
    <FilterField
      key={filter.key}
      filter={filter}
      value={state.filters[filter.key] ?? ''}
      onChange={(value) => update({ filters: { ...state.filters, [filter.key]: value } })}
    />
  ))
}

export function ClearFilters({ onClear }: { onClear: () => void }) {
  return (
    <Button variant="default" onClick={onClear}>
      {states.emptyFiltered.clear}
    </Button>
  )
}

type SearchProps = { label: string; value: string; onSearch: (q: string) => void }

function SearchBox({ label, value, onSearch }: SearchProps) {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  const send = useDebouncedCallback((q: string) => {
    sent.current = q
    onSearch(q)
  }, SEARCH_DELAY_MS)
  // The address may change without typing: going back, or clearing the filters.
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value
      setText(value)
    }
  }, [value])
  return (
    <TextInput
      className={classes.search}
      size="xs"
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch aria-hidden size={15} />}
      value={text}
      data-list-search
      onChange={(event) => {
        setText(event.currentTarget.value)
        send(event.currentTarget.value.trim())
      }}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
  )
}

function SortSelect<T extends RowData>({ columns, state, update }: Parts<T>) {
  const options = columns.flatMap(({ sort, header }) =>
    sort
      ? [
          { value: sort, label: `${header} ↑` },
          { value: `-${sort}`, label: `${header} ↓` },
        ]
      : [],
  )
  return (
    <NativeSelect
      aria-label={words.sortBy}
      className={classes.filter}
      size="xs"
      value={state.sort}
      data={options}
      onChange={(event) => update({ sort: event.currentTarget.value })}
    />
  )
}
