/** What the tax codes' page reads and writes. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { createTaxCode, deleteTaxCode, getTaxCode, listTaxCodes, updateTaxCode } from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { Loaded, Page } from '@/api/types'
import type { PageParams } from '@/shared/table/types'

export type TaxCode = Loaded<gen.GetTaxCodeResponse>
export type TaxCodeBody = gen.CreateTaxCodeData['body']

export const taxCodesKey = ['tax-codes'] as const

export const fetchTaxCodes = (params: PageParams, signal: AbortSignal) =>
  listTaxCodes({ query: params as gen.ListTaxCodesData['query'], signal }) as Promise<Page<TaxCode>>

export const taxCodeQuery = (taxCodeId: string) =>
  queryOptions({
    queryKey: [...taxCodesKey, 'one', taxCodeId],
    queryFn: ({ signal }) => getTaxCode({ path: { tax_code_id: taxCodeId }, signal }) as Promise<TaxCode>,
  })

/** Those to choose from: an MSP has a few. */
export const taxCodeChoices = queryOptions({
  queryKey: [...taxCodesKey, 'choices'],
  staleTime: 60_000,
  queryFn: ({ signal }) => fetchTaxCodes({ page_size: 100, sort: 'name', status: 'active' }, signal),
})

const answered = (promise: Promise<unknown>) => promise as Promise<TaxCode>
const of = ({ id, version }: TaxCode) => ({ path: { tax_code_id: id }, headers: ifMatch(version) })

export const createOne = (body: TaxCodeBody) => answered(createTaxCode({ body, headers: once() }))

export const loadOne = (taxCode: TaxCode) => answered(getTaxCode({ path: { tax_code_id: taxCode.id } }))

export const updateOne = (taxCode: TaxCode, body: gen.UpdateTaxCodeData['body']) =>
  answered(updateTaxCode({ ...of(taxCode), body }))

/** Deleting a tax code archives it, for the invoices that name it. */
export async function archiveOne(taxCode: TaxCode): Promise<TaxCode> {
  await deleteTaxCode(of(taxCode))
  return answered(getTaxCode({ path: { tax_code_id: taxCode.id } }))
}

export const restoreOne = (taxCode: TaxCode) => updateOne(taxCode, { status: 'active' })
