/** What the categories' pages read and write. */
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  archiveServiceCategory,
  createServiceCategory,
  deleteServiceCategory,
  getServiceCategory,
  listServiceCategories,
  restoreServiceCategory,
  updateServiceCategory,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type Category = gen.GetServiceCategoryResponse
export type CategoryBody = gen.CreateServiceCategoryData['body']

export const categoriesKey = ['service-categories'] as const

export const fetchCategories = (params: PageParams, signal: AbortSignal) =>
  listServiceCategories({
    query: params as gen.ListServiceCategoriesData['query'],
    signal,
  })

/** Those to choose from, in their order: an MSP has dozens at most. */
export const categoryChoices = queryOptions({
  queryKey: [...categoriesKey, 'choices'],
  staleTime: 60_000,
  queryFn: ({ signal }) =>
    fetchCategories({ page_size: 100, sort: 'sort_order,name', status: 'active' }, signal),
})

const of = (category: Category) => ({ path: { category_id: category.id } })

export const createOne = (body: CategoryBody) => createServiceCategory({ body, headers: once() })

export const updateOne = (category: Category, body: CategoryBody) =>
  updateServiceCategory({ ...of(category), body, headers: ifMatch(category.version) })

export const archiveOne = (category: Category) => archiveServiceCategory({ ...of(category), headers: once() })

export const restoreOne = (category: Category) => restoreServiceCategory({ ...of(category), headers: once() })

export const deleteOne = (category: Category) =>
  deleteServiceCategory({ ...of(category), headers: ifMatch(category.version) })

/** Services carry the name of their category, so they are asked for again as well. */
export function refresh(queries: QueryClient): void {
  for (const queryKey of [categoriesKey, ['services']]) queries.invalidateQueries({ queryKey })
}

export const loadOne = (category: Category) => getServiceCategory({ path: { category_id: category.id } })
