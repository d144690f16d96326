/** What the pages of work order templates read and write. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  createWorkOrderTemplate,
  deleteWorkOrderTemplate,
  getWorkOrderTemplate,
  listWorkOrderTemplates,
  updateWorkOrderTemplate,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type Template = gen.GetWorkOrderTemplateResponse
export type TemplateBody = NonNullable<gen.CreateWorkOrderTemplateData['body']>

export const templatesKey = ['work-order-templates'] as const

export const fetchTemplates = (params: PageParams, signal: AbortSignal) =>
  listWorkOrderTemplates({ query: params as gen.ListWorkOrderTemplatesData['query'], signal })

/** The first hundred by name, to choose from. */
export const templateChoices = queryOptions({
  queryKey: [...templatesKey, 'choices'],
  queryFn: ({ signal }) => listWorkOrderTemplates({ query: { page_size: 100, sort: 'name' }, signal }),
})

const of = (template: Template) => ({ path: { template_id: template.id } })

export const loadTemplate = (template: Template) => getWorkOrderTemplate(of(template))

export const createTemplate = (body: TemplateBody) => createWorkOrderTemplate({ body, headers: once() })

export const updateTemplate = (template: Template, body: TemplateBody) =>
  updateWorkOrderTemplate({ ...of(template), body, headers: ifMatch(template.version) })

export const deleteTemplate = (template: Template) =>
  deleteWorkOrderTemplate({ ...of(template), headers: ifMatch(template.version) })
