import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { getDashboard } from '@/api/gen'
import type { Loaded } from '@/api/types'

export type Dashboard = Loaded<gen.GetDashboardResponse>

export const dashboardQuery = queryOptions({
  queryKey: ['dashboard'],
  queryFn: ({ signal }) => getDashboard({ signal }) as Promise<Dashboard>,
  refetchInterval: 60_000,
})
