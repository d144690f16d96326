/** What the audit log's page reads. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { listAuditedEntityTypes, listAuditLog } from '@/api/gen'
import type { PageParams } from '@/shared/table/types'

export type AuditEntry = gen.ListAuditLogResponse['items'][number]

export const auditKey = ['audit-log'] as const

type Query = NonNullable<gen.ListAuditLogData['query']>

export const fetchEntries = (params: PageParams, signal: AbortSignal) =>
  listAuditLog({ query: asked(params) as Query, signal })

export const entityTypesQuery = queryOptions({
  queryKey: ['reference', 'audited'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => listAuditedEntityTypes({ signal }),
})

/** The page's filters in the API's terms: an entity type is the beginning of event types, days become instants. */
export function asked({ entity, from, until, ...rest }: PageParams): Record<string, unknown> {
  return {
    ...rest,
    ...(entity ? { type: `${entity}.` } : {}),
    ...(from ? { occurred_at_gte: midnight(String(from)) } : {}),
    ...(until ? { occurred_at_lt: midnight(String(until), 1) } : {}),
  }
}

/** The beginning of a day where the user sits, or of a day after it. */
function midnight(day: string, later = 0): string {
  const start = new Date(`${day}T00:00:00`)
  start.setDate(start.getDate() + later)
  return start.toISOString()
}
