/** Tags and custom fields as their own lists read and write them. */
import type { QueryClient } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  createCustomField,
  createTag,
  deleteCustomField,
  deleteTag,
  getCustomField,
  getTag,
  listCustomFields,
  listTags,
  updateCustomField,
  updateTag,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'
import type { CustomField, Tag } from './parts'

export const tagsKey = ['tags'] as const
export const fieldsKey = ['custom-fields'] as const

export const fetchTags = (params: PageParams, signal: AbortSignal) =>
  listTags({ query: params as gen.ListTagsData['query'], signal })

export const fetchFields = (params: PageParams, signal: AbortSignal) =>
  listCustomFields({ query: params as gen.ListCustomFieldsData['query'], signal })

export const loadTag = (tag: Tag) => getTag({ path: { tag_id: tag.id } })

export const loadField = (field: CustomField) => getCustomField({ path: { custom_field_id: field.id } })

export const saveTag = (tag: Tag | null, body: gen.CreateTagData['body']) =>
  tag
    ? updateTag({ path: { tag_id: tag.id }, body, headers: ifMatch(tag.version) })
    : createTag({ body, headers: once() })

export const removeTag = (tag: Tag) => deleteTag({ path: { tag_id: tag.id }, headers: ifMatch(tag.version) })

export const saveField = (field: CustomField | null, body: gen.CreateCustomFieldData['body']) =>
  field
    ? updateCustomField({
        path: { custom_field_id: field.id },
        body: {
          label: body.label,
          options: body.options,
          required: body.required,
          sort_order: body.sort_order,
        },
        headers: ifMatch(field.version),
      })
    : createCustomField({ body, headers: once() })

export const setFieldStatus = (field: CustomField, status: CustomField['status']) =>
  updateCustomField({
    path: { custom_field_id: field.id },
    body: { status } as never,
    headers: ifMatch(field.version),
  })

export const removeField = (field: CustomField) =>
  deleteCustomField({ path: { custom_field_id: field.id }, headers: ifMatch(field.version) })

export const refreshLabels = (queries: QueryClient) =>
  Promise.all([tagsKey, fieldsKey, ['clients']].map((queryKey) => queries.invalidateQueries({ queryKey })))
