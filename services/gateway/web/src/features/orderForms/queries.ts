/** What the page of work order forms reads and writes. */
import type * as gen from '@/api/gen'
import { createWorkOrderForm, getWorkOrderForm, listWorkOrderForms, updateWorkOrderForm } from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type OrderForm = gen.GetWorkOrderFormResponse
export type FormBody = NonNullable<gen.CreateWorkOrderFormData['body']>
export type Question = OrderForm['questions'][number]

export const formsKey = ['work-order-forms'] as const

export const fetchForms = (params: PageParams, signal: AbortSignal) =>
  listWorkOrderForms({ query: params as gen.ListWorkOrderFormsData['query'], signal })

const of = (form: OrderForm) => ({ path: { form_id: form.id } })

export const loadForm = (form: OrderForm) => getWorkOrderForm(of(form))

export const createForm = (body: FormBody) => createWorkOrderForm({ body, headers: once() })

export const updateForm = (form: OrderForm, body: Partial<FormBody>) =>
  updateWorkOrderForm({ ...of(form), body, headers: ifMatch(form.version) })
