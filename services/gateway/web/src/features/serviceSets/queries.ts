/** What the service sets' page reads and writes. */
import type * as gen from '@/api/gen'
import {
  archiveServiceSet,
  createServiceSet,
  deleteServiceSet,
  getServiceSet,
  listServiceSets,
  restoreServiceSet,
  updateServiceSet,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { Loaded, Page } from '@/api/types'
import type { PageParams } from '@/shared/table/types'

export type ServiceSet = Loaded<gen.GetServiceSetResponse>
export type Member = ServiceSet['services'][number]
export type SetBody = gen.CreateServiceSetData['body']

export const setsKey = ['service-sets'] as const

export const fetchSets = (params: PageParams, signal: AbortSignal) =>
  listServiceSets({ query: params as gen.ListServiceSetsData['query'], signal }) as Promise<Page<ServiceSet>>

const answered = (promise: Promise<unknown>) => promise as Promise<ServiceSet>
const of = (set: ServiceSet) => ({ path: { set_id: set.id } })

export const loadOne = (set: ServiceSet) => answered(getServiceSet(of(set)))

export const createOne = (body: SetBody) => answered(createServiceSet({ body, headers: once() }))

export const updateOne = (set: ServiceSet, body: SetBody) =>
  answered(updateServiceSet({ ...of(set), body, headers: ifMatch(set.version) }))

export const archiveOne = (set: ServiceSet) => answered(archiveServiceSet({ ...of(set), headers: once() }))
export const restoreOne = (set: ServiceSet) => answered(restoreServiceSet({ ...of(set), headers: once() }))
export const deleteOne = (set: ServiceSet) => deleteServiceSet({ ...of(set), headers: ifMatch(set.version) })
