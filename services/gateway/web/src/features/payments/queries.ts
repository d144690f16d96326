/** What the payment pages read and write. */
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { applyPayment, getPayment, listPayments, unapplyPayment } from '@/api/gen'
import { fetchInvoices, invoicesKey } from '@/features/invoices/queries'
import type { PageParams } from '@/shared/table/types'

export type Payment = gen.ListPaymentsResponse['items'][number]
export type PaymentDetail = gen.GetPaymentResponse
export type ApplyBody = NonNullable<gen.ApplyPaymentData['body']>

export const paymentsKey = ['payments'] as const

type Query = NonNullable<gen.ListPaymentsData['query']>

export const fetchPayments = (params: PageParams, signal: AbortSignal) =>
  listPayments({ query: params as Query, signal })

export const paymentQuery = (paymentId: string) =>
  queryOptions({
    queryKey: [...paymentsKey, 'one', paymentId],
    queryFn: ({ signal }) => getPayment({ path: { payment_id: paymentId }, signal }),
  })

/** What the client owes in one currency, due first. */
export const openInvoicesQuery = (clientId: string, currency: string) =>
  queryOptions({
    queryKey: [...invoicesKey, 'open', clientId, currency],
    enabled: clientId !== '',
    queryFn: ({ signal }) =>
      fetchInvoices(
        {
          client_id: clientId,
          currency: currency || undefined,
          status: 'open',
          sort: 'due_on',
          page_size: 100,
        },
        signal,
      ),
  })

const keyed = (key: string) => ({ 'Idempotency-Key': key })

export const unapply = (paymentId: string, key: string) =>
  unapplyPayment({ path: { payment_id: paymentId }, headers: keyed(key) })

export const apply = (paymentId: string, body: ApplyBody, key: string) =>
  applyPayment({ path: { payment_id: paymentId }, body, headers: keyed(key) })

/** Money moved: payments, invoices, balances and the dashboard ask again. */
export const refreshMoney = (queries: QueryClient) =>
  Promise.all(
    [paymentsKey, invoicesKey, ['account'], ['dashboard']].map((queryKey) =>
      queries.invalidateQueries({ queryKey }),
    ),
  )
