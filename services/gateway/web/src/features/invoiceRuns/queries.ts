/** What the pages of invoice runs read and write. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { createInvoiceRun, getInvoiceRun, listInvoiceRuns } from '@/api/gen'
import type { Page } from '@/api/types'
import { whileOpen } from '@/shared/TaskProgress'
import type { PageParams } from '@/shared/table/types'

export type ClientPart = gen.RunClient

type Summary = gen.ListInvoiceRunsResponse['items'][number]
export type RunRow = Summary & { id: string }
export type Run = gen.GetInvoiceRunResponse
export type RunBody = NonNullable<gen.CreateInvoiceRunData['body']>

export const runsKey = ['invoice-runs'] as const

export async function fetchRuns(params: PageParams, signal: AbortSignal): Promise<Page<RunRow>> {
  const query = params as NonNullable<gen.ListInvoiceRunsData['query']>
  const page = await listInvoiceRuns({ query, signal })
  return { ...page, items: page.items.map((run) => ({ ...run, id: run.run_id })) }
}

export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: [...runsKey, 'one', runId],
    queryFn: ({ signal }) => getInvoiceRun({ path: { run_id: runId }, signal }),
    refetchInterval: whileOpen,
  })

export const startRun = (body: RunBody, key: string) =>
  createInvoiceRun({ body, headers: { 'Idempotency-Key': key } })
