/** What the pages of work orders and time read and write. */
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  correctTime,
  createWorkOrder,
  createWorkOrderFromTemplate,
  deleteTime,
  deleteWorkOrder,
  getTimeEntry,
  getWorkChoices,
  getWorkOrder,
  listAllTimeEntries,
  listTimeEntries,
  listWorkOrders,
  logTime,
  previewCorrection,
  previewDeletion,
  previewTime,
  transitionWorkOrder,
  updateWorkOrder,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type WorkOrder = gen.GetWorkOrderResponse
export type NewOrder = NonNullable<gen.CreateWorkOrderData['body']>
export type FromTemplate = NonNullable<gen.CreateWorkOrderFromTemplateData['body']>
export type OrderChange = NonNullable<gen.UpdateWorkOrderData['body']>
export type Status = WorkOrder['status']
export type SplitChange = gen.PreviewTimeResponse['changes'][number]
export type Choices = gen.GetWorkChoicesResponse
export type ServiceChoice = Choices['services'][number]
export type TimeEntry = gen.GetTimeEntryResponse
export type NewTime = NonNullable<gen.LogTimeData['body']>
export type Preview = gen.PreviewTimeResponse

export const ordersKey = ['work-orders'] as const
export const timeKey = ['time-entries'] as const

type Query = NonNullable<gen.ListWorkOrdersData['query']>

export const fetchOrders = (params: PageParams, signal: AbortSignal) =>
  listWorkOrders({ query: params as Query, signal })

export const orderQuery = (work_order_id: string) =>
  queryOptions({
    queryKey: [...ordersKey, 'one', work_order_id],
    queryFn: ({ signal }) => getWorkOrder({ path: { work_order_id }, signal }),
  })

export const openOrdersOf = (client_id: string) =>
  queryOptions({
    queryKey: [...ordersKey, 'of', client_id],
    queryFn: ({ signal }) =>
      listWorkOrders({ query: { client_id, status: 'open', sort: 'due_on', page_size: 20 }, signal }),
  })

export const myOrdersQuery = (technician_id: string) =>
  queryOptions({
    queryKey: [...ordersKey, 'mine', technician_id],
    queryFn: ({ signal }) =>
      listWorkOrders({ query: { technician_id, status: 'open', sort: 'due_on', page_size: 20 }, signal }),
  })

/** Services with rates and hours left, as a client's work under an agreement has them. */
export const choicesQuery = (client_id: string, agreement_id: string | null) =>
  queryOptions({
    queryKey: [...ordersKey, 'choices', client_id, agreement_id],
    queryFn: ({ signal }) =>
      getWorkChoices({ query: { client_id, agreement_id: agreement_id ?? undefined }, signal }),
    placeholderData: keepPreviousData,
    enabled: client_id !== '',
  })

export const createOrder = (body: NewOrder, key: string) =>
  createWorkOrder({ body, headers: { 'Idempotency-Key': key } })

export const createFromTemplate = (template_id: string, body: FromTemplate, key: string) =>
  createWorkOrderFromTemplate({ path: { template_id }, body, headers: { 'Idempotency-Key': key } })

export const loadOrder = ({ id }: WorkOrder) => getWorkOrder({ path: { work_order_id: id } })

export const saveOrder = (order: WorkOrder, body: OrderChange) =>
  updateWorkOrder({ path: { work_order_id: order.id }, body, headers: ifMatch(order.version) })

export const moveOrder = (order: WorkOrder, status: Status) =>
  transitionWorkOrder({
    path: { work_order_id: order.id },
    body: { status },
    headers: { ...ifMatch(order.version), ...once() },
  })

export const removeOrder = (order: WorkOrder) =>
  deleteWorkOrder({ path: { work_order_id: order.id }, headers: ifMatch(order.version) })

/** Everything that work changes: orders, time, hours left, and the figures of the first page. */
export function refreshWork(queries: QueryClient) {
  queries.invalidateQueries({ queryKey: timeKey })
  queries.invalidateQueries({ queryKey: ['dashboard'] })
  return queries.invalidateQueries({ queryKey: ordersKey })
}

const entryPath = ({ work_order_id, id }: Pick<TimeEntry, 'work_order_id' | 'id'>) => ({
  work_order_id,
  entry_id: id,
})

/** The newest entries of one order; an order seldom has more. */
export const timeOfOrder = (work_order_id: string) =>
  queryOptions({
    queryKey: [...timeKey, 'order', work_order_id],
    queryFn: ({ signal }) =>
      listTimeEntries({ path: { work_order_id }, query: { page_size: 100, sort: '-worked_on' }, signal }),
  })

export const timeOfClient = (client_id: string) =>
  queryOptions({
    queryKey: [...timeKey, 'client', client_id],
    queryFn: ({ signal }) =>
      listAllTimeEntries({ query: { client_id, page_size: 10, sort: '-worked_on' }, signal }),
  })

export const previewQuery = (work_order_id: string, body: NewTime | null) =>
  queryOptions({
    queryKey: [...timeKey, 'preview', work_order_id, body],
    queryFn: ({ signal }) => previewTime({ path: { work_order_id }, body: body as NewTime, signal }),
    ...asTyped(body),
  })

export const correctionQuery = (entry: TimeEntry | null, body: Partial<NewTime> | null) =>
  queryOptions({
    queryKey: [...timeKey, 'correction', entry?.id, body],
    queryFn: ({ signal }) =>
      previewCorrection({ path: entryPath(entry as TimeEntry), body: body as NewTime, signal }),
    ...asTyped(entry && body),
  })

export const deletionQuery = (entry: TimeEntry) =>
  queryOptions({
    queryKey: [...timeKey, 'deletion', entry.id],
    queryFn: ({ signal }) => previewDeletion({ path: entryPath(entry), signal }),
    retry: false,
    gcTime: 0,
  })

/** Asks again with each change, and shows the last answer until the next one has come. */
const asTyped = (body: unknown) => ({
  enabled: body !== null,
  placeholderData: keepPreviousData,
  retry: false,
  gcTime: 0,
})

export const logEntry = (work_order_id: string, body: NewTime, key: string) =>
  logTime({ path: { work_order_id }, body, headers: { 'Idempotency-Key': key } })

export const loadEntry = (entry: TimeEntry) => getTimeEntry({ path: entryPath(entry) })

export const correctEntry = (entry: TimeEntry, body: Partial<NewTime>) =>
  correctTime({ path: entryPath(entry), body, headers: ifMatch(entry.version) })

export const removeEntry = (entry: TimeEntry) =>
  deleteTime({ path: entryPath(entry), headers: ifMatch(entry.version) })
