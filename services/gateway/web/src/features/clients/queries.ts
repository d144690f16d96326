/** What the clients pages read and write. */
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  archiveClient,
  createClient,
  getClient,
  listClients,
  listCountries,
  listCurrencies,
  restoreClient,
  updateClient,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type Client = gen.GetClientResponse

export const clientsKey = ['clients'] as const

type Query = NonNullable<gen.ListClientsData['query']>

export const fetchClients = (params: PageParams, signal: AbortSignal) =>
  listClients({ query: params as Query, signal })

export const clientQuery = (clientId: string) =>
  queryOptions({
    queryKey: [...clientsKey, 'one', clientId],
    queryFn: ({ signal }) => getClient({ path: { client_id: clientId }, signal }),
  })

const DAY_MS = 86_400_000

export const countriesQuery = queryOptions({
  queryKey: ['reference', 'countries'],
  staleTime: DAY_MS,
  queryFn: ({ signal }) => listCountries({ signal }),
})

export const currenciesQuery = queryOptions({
  queryKey: ['reference', 'currencies'],
  staleTime: DAY_MS,
  queryFn: ({ signal }) => listCurrencies({ signal }),
})

export const createOne = (body: gen.CreateClientData['body']) => createClient({ body, headers: once() })

export const archiveOne = (client: Client) =>
  archiveClient({ path: { client_id: client.id }, headers: once() })

export const restoreOne = (client: Client) =>
  restoreClient({ path: { client_id: client.id }, headers: once() })

/** Shows the server's answer at once and lets every list ask again. */
export function keepClient(queries: QueryClient, client: Client): void {
  queries.setQueryData(clientQuery(client.id).queryKey, client)
  queries.invalidateQueries({ queryKey: [...clientsKey, 'list'] })
}

/** Loads a client anew and shows it everywhere on the page. */
export function useLoadClient() {
  const queries = useQueryClient()
  return (client: Client) => queries.fetchQuery({ ...clientQuery(client.id), staleTime: 0 })
}

export function useUpdateClient(client: Client) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: gen.UpdateClientData['body']) =>
      updateClient({
        path: { client_id: client.id },
        body,
        headers: ifMatch(client.version),
      }),
    onSuccess: (saved) => keepClient(queries, saved),
    // A stale or refused edit: show what is true now, so that the next attempt starts from it.
    onError: () => queries.invalidateQueries({ queryKey: clientQuery(client.id).queryKey }),
  })
}
