/** What the tax codes' page reads and writes. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { createTaxCode, deleteTaxCode, getTaxCode, listTaxCodes, updateTaxCode } from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type TaxCode = gen.GetTaxCodeResponse
export type TaxCodeBody = gen.CreateTaxCodeData['body']

export const taxCodesKey = ['tax-codes'] as const

export const fetchTaxCodes = (params: PageParams, signal: AbortSignal) =>
  listTaxCodes({ query: params as gen.ListTaxCodesData['query'], signal })

export const taxCodeQuery = (taxCodeId: string) =>
  queryOptions({
    queryKey: [...taxCodesKey, 'one', taxCodeId],
    queryFn: ({ signal }) => getTaxCode({ path: { tax_code_id: taxCodeId }, signal }),
  })

/** Those to choose from: an MSP has a few. */
export const taxCodeChoices = queryOptions({
  queryKey: [...taxCodesKey, 'choices'],
  staleTime: 60_000,
  queryFn: ({ signal }) => fetchTaxCodes({ page_size: 100, sort: 'name', status: 'active' }, signal),
})

const of = ({ id, version }: TaxCode) => ({ path: { tax_code_id: id }, headers: ifMatch(version) })

export const createOne = (body: TaxCodeBody) => createTaxCode({ body, headers: once() })

export const loadOne = (taxCode: TaxCode) => getTaxCode({ path: { tax_code_id: taxCode.id } })

export const updateOne = (taxCode: TaxCode, body: gen.UpdateTaxCodeData['body']) =>
  updateTaxCode({ ...of(taxCode), body })

/** Deleting a tax code archives it, for the invoices that name it. */
export async function archiveOne(taxCode: TaxCode): Promise<TaxCode> {
  await deleteTaxCode(of(taxCode))
  return getTaxCode({ path: { tax_code_id: taxCode.id } })
}

export const restoreOne = (taxCode: TaxCode) => updateOne(taxCode, { status: 'active' })
