import {
  approveTime,
  type ListAllTimeEntriesData,
  type ListAllTimeEntriesResponse,
  listAllTimeEntries,
  returnTime,
} from '@/api/gen'
import { once } from '@/api/keys'
import { timeKey } from '@/features/workOrders/queries'
import type { BulkTarget, PageParams } from '@/shared/table/types'

export type Entry = ListAllTimeEntriesResponse['items'][number]

export const approvalsKey = [...timeKey, 'approvals'] as const

type Query = NonNullable<ListAllTimeEntriesData['query']>

export const fetchEntries = (params: PageParams, signal: AbortSignal) =>
  listAllTimeEntries({ query: params as Query, signal })

export const approve = (target: BulkTarget) => approveTime({ body: target, headers: once() })

export const giveBack = (target: BulkTarget, reason: string, key: string) =>
  returnTime({ body: { ...target, reason }, headers: { 'Idempotency-Key': key } })
