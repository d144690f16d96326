/** What a client owes, as the server adds it up. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { getClientAgeing, getClientBalance, getClientStatement } from '@/api/gen'

type Balances = gen.GetClientBalanceResponse
type Ageing = gen.GetClientAgeingResponse
export type Statement = gen.GetClientStatementResponse
export type Balance = Balances['by_currency'][number]
export type Aged = Ageing['by_currency'][number]

const accountKey = ['account'] as const

export const balanceQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...accountKey, clientId, 'balance'],
    queryFn: ({ signal }) => getClientBalance({ path: { client_id: clientId }, signal }),
  })

export const ageingQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...accountKey, clientId, 'ageing'],
    queryFn: ({ signal }) => getClientAgeing({ path: { client_id: clientId }, signal }),
  })

export type Period = { start?: string; end?: string; currency?: string }

export const statementQuery = (clientId: string, period: Period) =>
  queryOptions({
    queryKey: [...accountKey, clientId, 'statement', period],
    queryFn: ({ signal }) => getClientStatement({ path: { client_id: clientId }, query: period, signal }),
  })
