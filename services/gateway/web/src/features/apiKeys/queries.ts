/** What the lists of API keys read and write. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { createApiKey, listApiKeys, renameApiKey, revokeApiKey } from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type ApiKey = gen.ListApiKeysResponse['items'][number]
export type NewApiKey = gen.CreateApiKeyResponse
export type ApiKeyBody = gen.CreateApiKeyData['body']

export const apiKeysKey = ['api-keys'] as const

type Query = NonNullable<gen.ListApiKeysData['query']>

export const fetchAllKeys = (params: PageParams, signal: AbortSignal) =>
  listApiKeys({ query: { scope: 'all', ...params } as Query, signal })

export const ownKeysQuery = queryOptions({
  queryKey: [...apiKeysKey, 'own'],
  queryFn: ({ signal }) => listApiKeys({ query: { page_size: 100 }, signal }),
})

export const createKey = (body: ApiKeyBody) => createApiKey({ body, headers: once() })

export const renameKey = (key: ApiKey, name: string) =>
  renameApiKey({ path: { key_id: key.id }, body: { name }, headers: ifMatch(key.version) })

export const revokeKey = (key: ApiKey) =>
  revokeApiKey({ path: { key_id: key.id }, headers: ifMatch(key.version) })

export function stateOf(key: Pick<ApiKey, 'revoked_at' | 'expires_at'>, now = Date.now()) {
  if (key.revoked_at) return 'revoked'
  return key.expires_at && Date.parse(key.expires_at) <= now ? 'expired' : 'active'
}
