/** What the page of roles reads. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { listPermissions } from '@/api/gen'

export type Area = gen.ListPermissionsResponse['items'][number]
export type Operation = Area['operations'][number]

export const permissionsQuery = queryOptions({
  queryKey: ['permissions'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => listPermissions({ signal }),
})

/** How much of an area a role may use: everything, everything that only reads, some of it, nothing. */
export function shareOf(
  area: Area,
  role: string,
): 'all' | 'read' | 'none' | { allowed: number; all: number } {
  const allowed = area.operations.filter(({ roles }) => (roles as string[]).includes(role))
  if (allowed.length === 0) return 'none'
  if (allowed.length === area.operations.length) return 'all'
  const reading = area.operations.filter(({ changes }) => !changes)
  if (allowed.length === reading.length && allowed.every(({ changes }) => !changes)) return 'read'
  return { allowed: allowed.length, all: area.operations.length }
}
