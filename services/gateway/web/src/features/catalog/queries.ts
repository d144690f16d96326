/** What the catalog's pages read and write. */
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  archiveService,
  archiveServices,
  cloneService,
  createService,
  deleteService,
  getService,
  listRateHistory,
  listServices,
  listSubscriptionCategories,
  restoreService,
  restoreServices,
  updateService,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import { notifyError } from '@/shared/notify'
import { together } from '@/shared/table/bulk'
import { patchRows } from '@/shared/table/patchRows'
import type { BatchResults, BulkTarget, PageParams } from '@/shared/table/types'

export type Service = gen.GetServiceResponse
export type ServiceBody = gen.CreateServiceData['body']
export type RateChange = gen.ListRateHistoryResponse['items'][number]

export type PlanCategory = gen.ListSubscriptionCategoriesResponse['items'][number]
export type Attribute = PlanCategory['attributes'][number]

export const servicesKey = ['services'] as const

type Query = NonNullable<gen.ListServicesData['query']>

export const fetchServices = (params: PageParams, signal: AbortSignal) =>
  listServices({ query: params as Query, signal })

export const serviceQuery = (serviceId: string) =>
  queryOptions({
    queryKey: [...servicesKey, 'one', serviceId],
    queryFn: ({ signal }) => getService({ path: { service_id: serviceId }, signal }),
  })

export const rateHistoryQuery = (serviceId: string) =>
  queryOptions({
    queryKey: [...servicesKey, 'rate-history', serviceId],
    queryFn: ({ signal }) =>
      listRateHistory({ path: { service_id: serviceId }, query: { page_size: 50 }, signal }),
  })

export const planCategoriesQuery = queryOptions({
  queryKey: ['reference', 'subscription-categories'],
  staleTime: 86_400_000,
  queryFn: ({ signal }) => listSubscriptionCategories({ signal }),
})

export const createOne = (body: ServiceBody) => createService({ body, headers: once() })

export const cloneOne = (service: Service, body: gen.CloneServiceData['body']) =>
  cloneService({ path: { service_id: service.id }, body, headers: once() })

export const archiveOne = (service: Service) =>
  archiveService({ path: { service_id: service.id }, headers: once() })

export const restoreOne = (service: Service) =>
  restoreService({ path: { service_id: service.id }, headers: once() })

export const deleteOne = (service: Service) =>
  deleteService({ path: { service_id: service.id }, headers: ifMatch(service.version) })

const changed = (service: Service, body: gen.UpdateServiceData['body']) =>
  updateService({ path: { service_id: service.id }, body, headers: ifMatch(service.version) })

/** What the server takes at once by id. */
const MOST_IDS = 500

const inOneRequest = (change: typeof archiveServices) => async (target: BulkTarget) => {
  const send = (body: gen.ArchiveServicesData['body']) => change({ body, headers: once() })
  if ('filter' in target) return send(target as gen.ArchiveServicesData['body'])
  const answers: BatchResults[] = []
  for (let at = 0; at < target.ids.length; at += MOST_IDS)
    answers.push(await send({ ids: target.ids.slice(at, at + MOST_IDS) }))
  return together(answers)
}

export const archiveAll = inOneRequest(archiveServices)
export const restoreAll = inOneRequest(restoreServices)

/** Shows the server's answer at once and lets every list and history ask again. */
export function keepService(queries: QueryClient, service: Service): void {
  queries.setQueryData(serviceQuery(service.id).queryKey, service)
  for (const part of ['list', 'rate-history', 'prices', 'activity'])
    queries.invalidateQueries({ queryKey: [...servicesKey, part] })
}

export function forgetService(queries: QueryClient, service: Service): void {
  queries.removeQueries({ queryKey: serviceQuery(service.id).queryKey })
  queries.invalidateQueries({ queryKey: [...servicesKey, 'list'] })
}

/** Loads a service anew and shows it everywhere on the page. */
export function useLoadService() {
  const queries = useQueryClient()
  return (service: Service) => queries.fetchQuery({ ...serviceQuery(service.id), staleTime: 0 })
}

export function useUpdateService(service: Service) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: gen.UpdateServiceData['body']) => changed(service, body),
    onSuccess: (saved) => keepService(queries, saved),
    // A stale or refused edit: show what is true now, so that the next attempt starts from it.
    onError: () => queries.invalidateQueries({ queryKey: serviceQuery(service.id).queryKey }),
  })
}

/** One default rate, changed in the list: shown at once, taken back when the server refuses. */
export function useDefaultRateChange() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ service, rate }: { service: Service; rate: string }) =>
      changed(service, { default_rate: rate }),
    onMutate: async ({ service, rate }) => {
      await queries.cancelQueries({ queryKey: servicesKey })
      patchRows<Service>(queries, servicesKey, service.id, (old) => ({ ...old, default_rate: rate }))
    },
    onSuccess: (saved) => {
      patchRows<Service>(queries, servicesKey, saved.id, () => saved)
      keepService(queries, saved)
    },
    onError: (error, { service }) => {
      patchRows<Service>(queries, servicesKey, service.id, () => service)
      notifyError(error)
      queries.invalidateQueries({ queryKey: servicesKey })
    },
  })
}
