import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { type ListState, readListState, type Search, writeListState } from './listState'
import type { Filter } from './types'

type Options = { defaultSort: string; filters?: Filter[]; defaultFilters?: Record<string, string> }

export function useListState({ defaultSort, filters, defaultFilters }: Options) {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const defaults = useMemo(
    () => ({
      sort: defaultSort,
      filterKeys: (filters ?? []).map((filter) => filter.key),
      filters: defaultFilters,
    }),
    [defaultSort, filters, defaultFilters],
  )
  const state = useMemo(() => readListState(search, defaults), [search, defaults])
  const update = useCallback(
    (change: Partial<ListState>) => {
      navigate({
        to: '.',
        search: ((current: Search) => writeListState(current, change, defaults)) as never,
        // typing and scrolling on are not steps to go back to
        replace: change.q !== undefined || change.pages !== undefined,
        resetScroll: false,
      })
    },
    [navigate, defaults],
  )
  return { state, update, defaults }
}
