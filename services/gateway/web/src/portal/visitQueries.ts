/** What people with a link read and write without an account. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { declineSigning, getSigningDocument, openSigning, signDocument } from '@/api/gen'

export type Signing = gen.OpenSigningResponse

export const signingKey = (token: string) => ['signing', token] as const

export const signingQuery = (token: string) =>
  queryOptions({
    queryKey: signingKey(token),
    retry: false,
    queryFn: ({ signal }) => openSigning({ body: { token }, signal }),
  })

export const documentQuery = (token: string) =>
  queryOptions({
    queryKey: ['signing', token, 'document'],
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => getSigningDocument({ body: { token }, signal, parseAs: 'blob' }),
  })

export const sign = (token: string, name: string) => signDocument({ body: { token, name, consent: true } })

export const decline = (token: string, reason: string) => declineSigning({ body: { token, reason } })
