/** How many rows match: as the first page says, and counted once somebody needs to know exactly. */
import { useQuery } from '@tanstack/react-query'
import type { Page } from '@/api/types'
import type { DataTableProps, RowData } from './types'

export type Total = { count: number; exact: boolean }

type Asked = {
  first: Page<unknown> | undefined
  question: Record<string, string>
  /** Whether an estimate will not do. */
  needed: boolean
}

export function useTotal<T extends RowData>(
  { queryKey, fetchPage }: Pick<DataTableProps<T>, 'queryKey' | 'fetchPage'>,
  { first, question, needed }: Asked,
): Total {
  const exact = first?.total_is_exact ?? true
  const counted = useQuery({
    queryKey: [...queryKey, 'total', question],
    queryFn: async ({ signal }) =>
      (await fetchPage({ page_size: 1, total: 'exact', ...question }, signal)).total,
    enabled: needed && !exact,
  })
  const known = exact ? undefined : counted.data
  return { count: known ?? first?.total ?? 0, exact: exact || known !== undefined }
}
