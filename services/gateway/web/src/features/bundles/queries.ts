/** What the bundles' pages read and write. */
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  archiveBundle,
  createBundle,
  deleteBundle,
  getBundle,
  listBundles,
  previewBundle,
  restoreBundle,
  updateBundle,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type Bundle = gen.GetBundleResponse
export type BundlePreview = gen.PreviewBundleResponse
export type BundleBody = gen.CreateBundleData['body']
export type Draft = gen.PreviewBundleData['body']

export const bundlesKey = ['bundles'] as const

export const fetchBundles = (params: PageParams, signal: AbortSignal) =>
  listBundles({ query: params as gen.ListBundlesData['query'], signal })

export const bundleQuery = (bundleId: string) =>
  queryOptions({
    queryKey: [...bundlesKey, 'one', bundleId],
    queryFn: ({ signal }) => getBundle({ path: { bundle_id: bundleId }, signal }),
  })

/** What a bundle comes to while it is put together: worked out by the server, the last answer kept meanwhile. */
export const previewQuery = (draft: Draft | null) =>
  queryOptions({
    queryKey: [...bundlesKey, 'preview', draft],
    enabled: draft !== null,
    retry: false,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => previewBundle({ body: draft!, signal }),
  })

const of = (bundle: Bundle) => ({ path: { bundle_id: bundle.id } })

export const createOne = (body: BundleBody) => createBundle({ body, headers: once() })

export const updateOne = (bundle: Bundle, body: BundleBody) =>
  updateBundle({ ...of(bundle), body, headers: ifMatch(bundle.version) })

export const archiveOne = (bundle: Bundle) => archiveBundle({ ...of(bundle), headers: once() })
export const restoreOne = (bundle: Bundle) => restoreBundle({ ...of(bundle), headers: once() })
export const deleteOne = (bundle: Bundle) => deleteBundle({ ...of(bundle), headers: ifMatch(bundle.version) })

export function keepBundle(queries: QueryClient, bundle: Bundle): void {
  queries.setQueryData(bundleQuery(bundle.id).queryKey, bundle)
  queries.invalidateQueries({ queryKey: [...bundlesKey, 'list'] })
}
