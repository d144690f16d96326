/** Price lists, scheduled prices, and what a quantity costs. */
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  createServicePrice,
  deleteServicePrice,
  endServicePrice,
  getServicePrice,
  listServicePrices,
  quotePrice,
  updateServicePrice,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import { type Service, serviceQuery, servicesKey } from './queries'

export type Price = gen.ListServicePricesResponse['items'][number]
export type PriceBody = gen.CreateServicePriceData['body']
export type PricePatch = gen.UpdateServicePriceData['body']
export type QuoteDraft = gen.QuotePriceData['body']
export type Quote = gen.QuotePriceResponse

export const pricesQuery = (serviceId: string) =>
  queryOptions({
    queryKey: [...servicesKey, 'prices', serviceId],
    queryFn: ({ signal }) =>
      listServicePrices({
        path: { service_id: serviceId },
        query: { page_size: 100 },
        signal,
      }),
  })

/** What a price not saved yet would charge: worked out by the server, the last answer kept meanwhile. */
export const quoteQuery = (draft: QuoteDraft | null) =>
  queryOptions({
    queryKey: [...servicesKey, 'quote', draft],
    enabled: draft !== null,
    retry: false,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => quotePrice({ body: draft!, signal }),
  })

const pathOf = (price: Price) => ({ service_id: price.service_id, price_id: price.id })

export const addPrice = (service: Service, body: PriceBody) =>
  createServicePrice({ path: { service_id: service.id }, body, headers: once() })

export const loadPrice = (price: Price) => getServicePrice({ path: pathOf(price) })

export const changePrice = (price: Price, body: PricePatch) =>
  updateServicePrice({ path: pathOf(price), body, headers: ifMatch(price.version) })

export const cancelPrice = (price: Price) =>
  deleteServicePrice({ path: pathOf(price), headers: ifMatch(price.version) })

export const endPrice = (price: Price) => endServicePrice({ path: pathOf(price), headers: once() })

/** A price may have changed the service's own rate: everything about it is asked for again. */
export function refreshPrices(queries: QueryClient, serviceId: string): void {
  queries.invalidateQueries({ queryKey: serviceQuery(serviceId).queryKey })
  for (const part of ['prices', 'rate-history', 'activity', 'list'])
    queries.invalidateQueries({ queryKey: [...servicesKey, part] })
}
