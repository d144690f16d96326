/** What the menu of saved views reads and writes. A view keeps the parameters of the list's address. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { createSavedView, deleteSavedView, listSavedViews, updateSavedView } from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { Search } from './listState'

export type SavedView = gen.ListSavedViewsResponse['items'][number]

const savedViewsKey = ['saved-views'] as const

export const savedViewsQuery = (list: string) =>
  queryOptions({
    queryKey: [...savedViewsKey, list],
    queryFn: ({ signal }) => listSavedViews({ query: { list, page_size: 100 }, signal }),
    staleTime: 60_000,
  })

/** How far the list was scrolled is no part of a view. */
export function kept(search: Search): Search {
  const { pages: _, ...rest } = search
  return rest
}

export const saveView = (list: string, search: Search, body: { name: string; shared: boolean }) =>
  createSavedView({ body: { ...body, list, search: kept(search) }, headers: once() })

export const replaceView = (view: SavedView, search: Search) =>
  updateSavedView({
    path: { view_id: view.id },
    body: { search: kept(search) },
    headers: ifMatch(view.version),
  })

export const removeView = (view: SavedView) =>
  deleteSavedView({ path: { view_id: view.id }, headers: ifMatch(view.version) })
