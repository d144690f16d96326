/** Charts the first rows that a report's question finds; the table above has all of them. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Page } from '@/api/types'
import { Chart } from '@/shared/charts/Chart'
import type { ChartProps } from '@/shared/charts/types'
import type { PageParams } from '@/shared/table/types'

const MOST = 12

type Props<Row> = {
  queryKey: readonly unknown[]
  fetchPage: (params: PageParams, signal: AbortSignal) => Promise<Page<Row>>
  question: Record<string, string>
  sort: string
  /** The chart of the rows; null for nothing to draw. */
  chartOf: (rows: Row[]) => ChartProps<Row> | null
}

export function TopChart<Row>({ queryKey, fetchPage, question, sort, chartOf }: Props<Row>) {
  const query = useQuery({
    queryKey: [...queryKey, 'chart', question, sort],
    queryFn: ({ signal }) => fetchPage({ ...question, sort, page_size: MOST }, signal),
    placeholderData: keepPreviousData,
  })
  const chart = query.data && chartOf(query.data.items)
  return chart ? <Chart {...chart} /> : null
}
