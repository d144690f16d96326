import type * as gen from '@/api/gen'
import { listServices } from '@/api/gen'
import type { Loaded, Page } from '@/api/types'
import type { PageParams } from '@/shared/table/types'

export type Service = Loaded<gen.GetServiceResponse>

export const servicesKey = ['services'] as const

type Query = NonNullable<gen.ListServicesData['query']>

export const fetchServices = (params: PageParams, signal: AbortSignal) =>
  listServices({ query: params as Query, signal }) as Promise<Page<Service>>
