/** What the pages of invoice runs read and write. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { createInvoiceRun, getInvoiceRun, listInvoiceRuns } from '@/api/gen'
import type { Loaded, Page } from '@/api/types'
import { whileOpen } from '@/shared/TaskProgress'
import type { PageParams } from '@/shared/table/types'

/** One client's part of a run, as `detail` carries it. */
export type ClientPart = {
  client_id: string
  client_name: string | null
  warnings: string[]
  items: number
  parked: string[]
  parked_items: number
  skipped: string | null
  invoice_id: string | null
  number: string | null
  currency?: string
  subtotal?: string
  tax_total?: string
  total?: string
  lines?: { description: string; quantity: string; unit_rate: string; amount: string }[]
}

type Summary = Loaded<gen.ListInvoiceRunsResponse['items'][number]>
export type RunRow = Summary & { id: string }
export type Run = Summary & { detail: { clients?: ClientPart[]; warnings?: string[] } | null }
export type RunBody = NonNullable<gen.CreateInvoiceRunData['body']>

export const runsKey = ['invoice-runs'] as const

export async function fetchRuns(params: PageParams, signal: AbortSignal): Promise<Page<RunRow>> {
  const query = params as NonNullable<gen.ListInvoiceRunsData['query']>
  const page = (await listInvoiceRuns({ query, signal })) as Page<Summary>
  return { ...page, items: page.items.map((run) => ({ ...run, id: run.run_id })) }
}

export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: [...runsKey, 'one', runId],
    queryFn: ({ signal }) => getInvoiceRun({ path: { run_id: runId }, signal }) as Promise<Run>,
    refetchInterval: whileOpen,
  })

export const startRun = (body: RunBody, key: string) =>
  createInvoiceRun({ body, headers: { 'Idempotency-Key': key } }) as unknown as Promise<Run>
