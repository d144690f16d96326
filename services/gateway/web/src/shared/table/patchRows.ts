import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query'
import type { Page } from '@/api/types'
import type { RowData } from './types'

/** Replaces one row in every loaded list under `key`, for edits that show at once. */
export function patchRows<T extends RowData>(
  queries: QueryClient,
  key: QueryKey,
  id: string,
  change: (row: T) => T,
): void {
  queries.setQueriesData<InfiniteData<Page<T>>>(
    { queryKey: [...key, 'list'] },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          items: page.items.map((row) => (row.id === id ? change(row) : row)),
        })),
      },
  )
}
