/** What the invoice pages read and write. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  createInvoice,
  createPayment,
  deleteInvoice,
  getInvoice,
  getInvoiceTimeline,
  getInvoiceTotals,
  issueInvoice,
  listBillableItems,
  listInvoiceActivity,
  listInvoiceServices,
  listInvoices,
  listNotifications,
  sendInvoice,
  updateInvoice,
  voidInvoice,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import { compareDecimals } from '@/shared/money'
import type { PageParams } from '@/shared/table/types'

export type Invoice = gen.GetInvoiceResponse
export type InvoiceSummary = gen.ListInvoicesResponse['items'][number]
export type InvoiceLine = Invoice['lines'][number]
export type AppliedPayment = Invoice['payments'][number]
/** What every list of invoices shows of one, the dashboard's included. */
export type InvoiceRow = gen.GetDashboardResponse['recent_invoices'][number]
export type PaymentBody = NonNullable<gen.CreatePaymentData['body']>

export type DraftBody = NonNullable<gen.UpdateInvoiceData['body']>
export type NewDraft = NonNullable<gen.CreateInvoiceData['body']>
export type InvoiceSums = gen.GetInvoiceTotalsResponse['items'][number]

export type Fact = gen.GetInvoiceTimelineResponse['items'][number]
export type ActivityEntry = gen.ListInvoiceActivityResponse['items'][number]
export type Mail = gen.ListNotificationsResponse['items'][number]

export const invoicesKey = ['invoices'] as const

type Query = NonNullable<gen.ListInvoicesData['query']>

export const fetchInvoices = (params: PageParams, signal: AbortSignal) =>
  listInvoices({ query: params as Query, signal })

export const loadInvoice = ({ id }: Pick<Invoice, 'id'>) => getInvoice({ path: { invoice_id: id } })

export const invoiceQuery = (invoiceId: string) =>
  queryOptions({
    queryKey: [...invoicesKey, 'one', invoiceId],
    queryFn: ({ signal }) => getInvoice({ path: { invoice_id: invoiceId }, signal }),
  })

export const invoicesOfClient = (clientId: string) =>
  queryOptions({
    queryKey: [...invoicesKey, 'of', clientId],
    queryFn: ({ signal }) => fetchInvoices({ client_id: clientId, page_size: 6, sort: '-issued_on' }, signal),
  })

/** Sums of what the list's filters find, per currency. */
export const totalsQuery = (question: Record<string, string>) =>
  queryOptions({
    queryKey: [...invoicesKey, 'totals', question],
    queryFn: ({ signal }) => getInvoiceTotals({ query: question, signal }),
  })

/** Asked anew whenever the invoice has changed. */
export const factsQuery = ({ id, version }: Invoice) =>
  queryOptions({
    queryKey: [...invoicesKey, 'timeline', id, version],
    queryFn: ({ signal }) => getInvoiceTimeline({ path: { invoice_id: id }, signal }),
  })

const MOMENTS = { page_size: 100 }

export const activityQuery = (invoiceId: string) =>
  queryOptions({
    queryKey: [...invoicesKey, 'activity', invoiceId],
    queryFn: ({ signal }) => listInvoiceActivity({ path: { invoice_id: invoiceId }, query: MOMENTS, signal }),
  })

export const mailsQuery = (invoiceId: string) =>
  queryOptions({
    queryKey: [...invoicesKey, 'mails', invoiceId],
    queryFn: ({ signal }) => listNotifications({ query: { ...MOMENTS, reference_id: invoiceId }, signal }),
  })

/** What can be put on a draft, at the rate of today. */
export const offeredQuery = (invoiceId: string) =>
  queryOptions({
    queryKey: [...invoicesKey, 'offered', invoiceId],
    queryFn: ({ signal }) =>
      listInvoiceServices({
        path: { invoice_id: invoiceId },
        signal,
      }),
  })

export const createDraft = (body: NewDraft, key: string) =>
  createInvoice({ body, headers: { 'Idempotency-Key': key } })

export const saveDraft = (invoice: Invoice, body: DraftBody) =>
  updateInvoice({
    path: { invoice_id: invoice.id },
    body,
    headers: ifMatch(invoice.version),
  })

export const deleteDraft = (invoice: Invoice) =>
  deleteInvoice({ path: { invoice_id: invoice.id }, headers: ifMatch(invoice.version) })

export type LineEntry = gen.ListBillableItemsResponse['items'][number]

export const lineEntriesQuery = (lineId: string) =>
  queryOptions({
    queryKey: [...invoicesKey, 'entries', lineId],
    queryFn: ({ signal }) =>
      listBillableItems({ query: { invoice_line_id: lineId, page_size: 100, total: 'exact' }, signal }),
  })

export const pdfUrl = (invoiceId: string) => `/api/v1/invoices/${invoiceId}/pdf`

export type InvoiceAction = 'issue' | 'send' | 'void'

const actions = { issue: issueInvoice, send: sendInvoice, void: voidInvoice }

export const actOn = (invoice: { id: string }, action: InvoiceAction): Promise<unknown> =>
  actions[action]({ path: { invoice_id: invoice.id }, headers: once() })

export function useInvoiceAction(invoice: { id: string }) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (action: InvoiceAction) => actOn(invoice, action),
    onSettled: () => queries.invalidateQueries({ queryKey: invoicesKey }),
  })
}

/** The payment as the server wants it: what this invoice can take goes to it, an excess becomes the client's credit. */
export function paymentBody(
  invoice: Pick<Invoice, 'id' | 'client_id' | 'balance'>,
  values: { amount: string; method: string; reference: string; received_on: string },
): PaymentBody {
  const share = compareDecimals(values.amount, invoice.balance) > 0 ? invoice.balance : values.amount
  return {
    client_id: invoice.client_id,
    amount: values.amount,
    method: values.method as PaymentBody['method'],
    reference: values.reference.trim() || null,
    received_on: values.received_on,
    allocations: [{ invoice_id: invoice.id, amount: share }],
  }
}

export const recordPayment = (body: PaymentBody, key: string) =>
  createPayment({ body, headers: { 'Idempotency-Key': key } })
