/** Rates of all clients: who pays what, which defaults are up for review, and changes of many at once. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  acceptRateReviews,
  applyServiceSet,
  bulkChangeClientServices,
  copyClientServices,
  createScheduledRate,
  declineRateReviews,
  deleteScheduledRate,
  getBulkChange,
  listAllClientServices,
  listRateReviews,
  listScheduledRates,
  listServiceSets,
  summarizeRateReviews,
} from '@/api/gen'
import { once } from '@/api/keys'
import type { Counts } from '@/shared/TaskProgress'
import type { BulkTarget, PageParams } from '@/shared/table/types'
import { cardKey } from './queries'

export type RowAcross = gen.ClientServiceAcross
export type BulkBody = gen.BulkChangeClientServicesData['body']
export type BulkResult = gen.BulkChangeResult
export type ScheduledRate = gen.ScheduledRate
export type CopyResult = gen.CopiedCard
export type CopyBody = gen.CopyClientServicesData['body']

export const acrossKey = ['rates-across'] as const
export const reviewsKey = ['rate-reviews'] as const

export const fetchAcross = (params: PageParams, signal: AbortSignal) =>
  listAllClientServices({
    query: params as gen.ListAllClientServicesData['query'],
    signal,
  })

export const fetchReviews = (params: PageParams, signal: AbortSignal) =>
  listRateReviews({
    query: params as gen.ListRateReviewsData['query'],
    signal,
  })

const ASK_AGAIN_AFTER = 1000

export const reviewSummaryQuery = (question: Record<string, string>) =>
  queryOptions({
    queryKey: [...reviewsKey, 'summary', question],
    queryFn: ({ signal }) => summarizeRateReviews({ query: question, signal }),
  })

type OnProgress = (counts: Counts) => void

/** A large change goes on after the server's first answer: waits until every row has its result. */
async function whole(answer: Promise<BulkResult>, onProgress?: OnProgress): Promise<BulkResult> {
  let result = await answer
  while (result.status === 'running' && result.id) {
    onProgress?.({ done: result.count - result.pending, total: result.count })
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_AFTER))
    result = await getBulkChange({ path: { bulk_change_id: result.id } })
  }
  return result
}

export const acceptReviews = (target: BulkTarget, onProgress?: OnProgress) =>
  whole(acceptRateReviews({ body: target, headers: once() }), onProgress)

export const declineReviews = (target: BulkTarget, onProgress?: OnProgress) =>
  whole(declineRateReviews({ body: target, headers: once() }), onProgress)

export const previewMany = (body: BulkBody) =>
  bulkChangeClientServices({ body: { ...body, dry_run: true }, headers: once() })

export const changeMany = (body: BulkBody, key: string, onProgress: OnProgress) =>
  whole(
    bulkChangeClientServices({ body: { ...body, dry_run: false }, headers: { 'Idempotency-Key': key } }),
    onProgress,
  )

export const copyCard = (client_id: string, body: CopyBody) =>
  copyClientServices({
    path: { client_id },
    body,
    headers: once(),
  })

export const applySet = (client_id: string, service_set_id: string) =>
  applyServiceSet({ path: { client_id }, body: { service_set_id }, headers: once() })

export const serviceSetsQuery = queryOptions({
  queryKey: ['service-sets', 'active'],
  queryFn: ({ signal }) => listServiceSets({ query: { page_size: 100, status: 'active' }, signal }),
})

export const scheduledRatesQuery = (client_id: string, client_service_id: string) =>
  queryOptions({
    queryKey: [...cardKey(client_id), 'scheduled', client_service_id],
    queryFn: ({ signal }) =>
      listScheduledRates({
        path: { client_id, client_service_id },
        query: { page_size: 50 },
        signal,
      }),
  })

type Row = { client_id: string; id: string }

export const scheduleRate = (row: Row, body: gen.CreateScheduledRateData['body']) =>
  createScheduledRate({
    path: { client_id: row.client_id, client_service_id: row.id },
    body,
    headers: once(),
  })

export const cancelScheduledRate = (row: Row, scheduled_rate_id: string) =>
  deleteScheduledRate({ path: { client_id: row.client_id, client_service_id: row.id, scheduled_rate_id } })
