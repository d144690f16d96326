import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { getDashboard } from '@/api/gen'

export type Dashboard = gen.GetDashboardResponse

export const dashboardQuery = queryOptions({
  queryKey: ['dashboard'],
  queryFn: ({ signal }) => getDashboard({ signal }),
  refetchInterval: 60_000,
})
