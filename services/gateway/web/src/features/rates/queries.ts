/** What the rate card's editor reads and writes. */
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  createClientService,
  listClientRateHistory,
  listClientServices,
  listServices,
  replaceClientServices,
} from '@/api/gen'
import { once } from '@/api/keys'
import type { Page } from '@/api/types'

export type ClientService = gen.GetClientServiceResponse
export type RateChange = gen.ListClientRateHistoryResponse['items'][number]
type CatalogService = gen.GetServiceResponse
type PageOf<T> = (cursor: string | undefined) => Promise<Page<T>>

export const cardKey = (clientId: string) => ['rates', clientId] as const

/** The whole card, and after it the active services of the catalog that are not on it. */
export const cardQuery = (client: { id: string; currency: string }) =>
  queryOptions({
    queryKey: [...cardKey(client.id), 'card'],
    queryFn: async ({ signal }) => {
      const [rows, services] = await Promise.all([
        all<ClientService>((cursor) => fetchRows(client.id, cursor, signal)),
        all<CatalogService>((cursor) => fetchServices(cursor, signal)),
      ])
      const known = new Set(rows.map((row) => row.service_id))
      return [...rows, ...services.filter(({ id }) => !known.has(id)).map((one) => offered(one, client))]
    },
  })

/** The rows of the card alone. */
export const cardRowsQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...cardKey(clientId), 'rows'],
    queryFn: ({ signal }) => all<ClientService>((cursor) => fetchRows(clientId, cursor, signal)),
  })

/** The first included services of the card that match. */
export const cardMatchesQuery = (clientId: string, q: string) =>
  queryOptions({
    queryKey: [...cardKey(clientId), 'matches', q],
    queryFn: ({ signal }) =>
      listClientServices({
        path: { client_id: clientId },
        query: { page_size: 20, included: true, q: q || undefined },
        signal,
      }),
  })

export const historyQuery = (clientId: string, rowId: string) =>
  queryOptions({
    queryKey: [...cardKey(clientId), 'history', rowId],
    queryFn: ({ signal }) =>
      listClientRateHistory({
        path: { client_id: clientId, client_service_id: rowId },
        query: { page_size: 20 },
        signal,
      }),
  })

export const saveCard = (clientId: string, services: gen.ReplaceClientServicesData['body']['services']) =>
  replaceClientServices({ path: { client_id: clientId }, body: { services } })

export const addCustomService = (clientId: string, body: gen.CreateClientServiceData['body']) =>
  createClientService({ path: { client_id: clientId }, body, headers: once() })

/** Everything that shows this client's rates asks again. */
export const refreshCard = (queries: QueryClient, clientId: string) =>
  queries.invalidateQueries({ queryKey: cardKey(clientId) })

const fetchRows = (clientId: string, cursor: string | undefined, signal: AbortSignal) =>
  listClientServices({
    path: { client_id: clientId },
    query: { page_size: 100, sort: 'name', cursor },
    signal,
  })

const fetchServices = (cursor: string | undefined, signal: AbortSignal) =>
  listServices({ query: { page_size: 100, status: 'active', cursor }, signal })

async function all<T>(fetchPage: PageOf<T>): Promise<T[]> {
  const found: T[] = []
  let cursor: string | undefined
  do {
    const page = await fetchPage(cursor)
    found.push(...page.items)
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  return found
}

/** A catalog service as the row it would become. */
function offered(service: CatalogService, client: { id: string; currency: string }): ClientService {
  const own = service.prices.find((price) => price.currency === client.currency)
  return {
    id: service.id,
    client_id: client.id,
    service_id: service.id,
    name: service.name,
    catalog_name: service.name,
    custom_name: null,
    description: service.description,
    category: service.category,
    unit: service.default_unit,
    currency: client.currency,
    default_rate: own?.default_rate ?? service.default_rate,
    custom_rate: null,
    effective_rate: null,
    rate_source: 'catalog',
    badge: 'Not Included',
    included: false,
    is_custom: false,
    kind: null,
    minimum_hours: service.minimum_hours,
    notes: null,
    importance: 'medium',
    rate_review: false,
    review_rate: null,
    custom_rate_valid_from: null,
    custom_rate_valid_until: null,
    next_rate: null,
    version: 0,
    created_at: service.created_at,
    updated_at: service.updated_at,
  }
}
