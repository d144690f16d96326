/** Loads as many keyset pages as the address asks for, and keeps the old rows in view while a new question is answered. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Page } from '@/api/types'
import { type ListState, PAGE_SIZE } from './listState'
import type { DataTableProps, RowData } from './types'

type Source<T extends RowData> = Pick<DataTableProps<T>, 'queryKey' | 'fetchPage'>

export function useListQuery<T extends RowData>({ queryKey, fetchPage }: Source<T>, state: ListState) {
  const question = { q: state.q || undefined, sort: state.sort || undefined, ...state.filters }
  const query = useInfiniteQuery({
    queryKey: [...queryKey, 'list', question],
    queryFn: ({ pageParam, signal }): Promise<Page<T>> =>
      fetchPage({ page_size: PAGE_SIZE, cursor: pageParam ?? undefined, ...question }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  })
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  const loaded = query.data?.pages.length ?? 0
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && loaded < state.pages) fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage, loaded, state.pages])

  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return { query, rows }
}
