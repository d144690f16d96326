/** What the page of recurring work orders reads and writes. */
import type * as gen from '@/api/gen'
import {
  createRecurringWorkOrder,
  deleteRecurringWorkOrder,
  getRecurringWorkOrder,
  listRecurringWorkOrders,
  pauseRecurringWorkOrder,
  resumeRecurringWorkOrder,
  updateRecurringWorkOrder,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type Recurring = gen.GetRecurringWorkOrderResponse
export type NewRecurring = NonNullable<gen.CreateRecurringWorkOrderData['body']>
export type RecurringChange = NonNullable<gen.UpdateRecurringWorkOrderData['body']>

export const recurringKey = ['recurring-work-orders'] as const

export const fetchRecurring = (params: PageParams, signal: AbortSignal) =>
  listRecurringWorkOrders({ query: params as gen.ListRecurringWorkOrdersData['query'], signal })

const of = (one: Recurring) => ({ path: { recurring_id: one.id } })

export const loadRecurring = (one: Recurring) => getRecurringWorkOrder(of(one))

export const createRecurring = (body: NewRecurring, key: string) =>
  createRecurringWorkOrder({ body, headers: { 'Idempotency-Key': key } })

export const updateRecurring = (one: Recurring, body: RecurringChange) =>
  updateRecurringWorkOrder({ ...of(one), body, headers: ifMatch(one.version) })

export const pauseRecurring = (one: Recurring) => pauseRecurringWorkOrder({ ...of(one), headers: once() })

export const resumeRecurring = (one: Recurring) => resumeRecurringWorkOrder({ ...of(one), headers: once() })

export const deleteRecurring = (one: Recurring) =>
  deleteRecurringWorkOrder({ ...of(one), headers: ifMatch(one.version) })
