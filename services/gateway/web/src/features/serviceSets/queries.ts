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
import type { PageParams } from '@/shared/table/types'

export type ServiceSet = gen.GetServiceSetResponse
export type Member = ServiceSet['services'][number]
export type SetBody = gen.CreateServiceSetData['body']

export const setsKey = ['service-sets'] as const

export const fetchSets = (params: PageParams, signal: AbortSignal) =>
  listServiceSets({ query: params as gen.ListServiceSetsData['query'], signal })

const of = (set: ServiceSet) => ({ path: { set_id: set.id } })

export const loadOne = (set: ServiceSet) => getServiceSet(of(set))

export const createOne = (body: SetBody) => createServiceSet({ body, headers: once() })

export const updateOne = (set: ServiceSet, body: SetBody) =>
  updateServiceSet({ ...of(set), body, headers: ifMatch(set.version) })

export const archiveOne = (set: ServiceSet) => archiveServiceSet({ ...of(set), headers: once() })
export const restoreOne = (set: ServiceSet) => restoreServiceSet({ ...of(set), headers: once() })
export const deleteOne = (set: ServiceSet) => deleteServiceSet({ ...of(set), headers: ifMatch(set.version) })
