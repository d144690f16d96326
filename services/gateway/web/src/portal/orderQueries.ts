/** What client users read and send about their own work orders. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  createWorkOrder,
  getWorkOrder,
  listClientServices,
  listWorkOrderForms,
  listWorkOrders,
  submitWorkOrderForm,
} from '@/api/gen'
import type { PageParams } from '@/shared/table/types'

export type Order = gen.GetWorkOrderResponse
export type OrderBody = NonNullable<gen.CreateWorkOrderData['body']>

export type Form = gen.ListWorkOrderFormsResponse['items'][number]
export type Submission = NonNullable<gen.SubmitWorkOrderFormData['body']>

export const ordersKey = ['portal', 'orders'] as const

export const fetchOrders = (params: PageParams, signal: AbortSignal) =>
  listWorkOrders({ query: params as gen.ListWorkOrdersData['query'], signal })

export const orderQuery = (orderId: string) =>
  queryOptions({
    queryKey: [...ordersKey, orderId],
    queryFn: ({ signal }) => getWorkOrder({ path: { work_order_id: orderId }, signal }),
  })

const MOST_SERVICES = 100

/** The services on the client's own rate card, by name. */
export const ownServicesQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['portal', 'services', clientId],
    queryFn: ({ signal }) =>
      listClientServices({
        path: { client_id: clientId },
        query: { page_size: MOST_SERVICES, included: true },
        signal,
      }),
  })

/** Sends a work order; the key makes a second click or a lost answer send it once. */
export const sendOrder = (body: OrderBody, key: string) =>
  createWorkOrder({ body, headers: { 'Idempotency-Key': key } })

/** The forms that this client can choose from. */
export const formsQuery = queryOptions({
  queryKey: ['portal', 'forms'],
  queryFn: ({ signal }) => listWorkOrderForms({ query: { page_size: 100, sort: 'name' }, signal }),
})

export const submitForm = (form_id: string, body: Submission, key: string) =>
  submitWorkOrderForm({ path: { form_id }, body, headers: { 'Idempotency-Key': key } })
