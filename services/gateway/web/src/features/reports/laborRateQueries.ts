/** What the page of labor rates reads and writes. */
import type * as gen from '@/api/gen'
import { createLaborRate, deleteLaborRate, listLaborRates, updateLaborRate } from '@/api/gen'
import { ifMatch } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

type Listed = gen.ListLaborRatesResponse['items'][number]
export type Technician = Listed & { id: string }
export type LaborRate = Listed['rates'][number]

export const laborRatesKey = ['labor-rates'] as const

export async function fetchLaborRates(params: PageParams, signal: AbortSignal) {
  const page = await listLaborRates({ query: params as gen.ListLaborRatesData['query'], signal })
  return { ...page, items: page.items.map((row): Technician => ({ ...row, id: row.technician_id })) }
}

type Body = { valid_from: string; rate: string }

export const addLaborRate = (technician_id: string, body: Body, key: string) =>
  createLaborRate({ body: { technician_id, ...body }, headers: { 'Idempotency-Key': key } })

export const saveLaborRate = (rate: LaborRate, body: Body) =>
  updateLaborRate({ path: { rate_id: rate.id }, body, headers: ifMatch(rate.version) })

export const removeLaborRate = (rate: LaborRate) =>
  deleteLaborRate({ path: { rate_id: rate.id }, headers: ifMatch(rate.version) })
