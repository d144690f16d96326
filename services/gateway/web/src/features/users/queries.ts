/** What the page of users reads and writes. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  createUser,
  deleteUser,
  disableUser,
  enableUser,
  listRoles,
  listUsers,
  setUserPassword,
  signOutUser,
  updateUser,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type User = gen.ListUsersResponse['items'][number]
export type Role = gen.ListRolesResponse['items'][number]
export type UserBody = Pick<gen.CreateUserData['body'], 'name' | 'email' | 'role' | 'client_id'>

export const usersKey = ['users'] as const

type Query = NonNullable<gen.ListUsersData['query']>

export const fetchUsers = (params: PageParams, signal: AbortSignal) =>
  listUsers({ query: params as Query, signal })

const DAY_MS = 86_400_000

export const rolesQuery = queryOptions({
  queryKey: ['reference', 'roles'],
  staleTime: DAY_MS,
  queryFn: ({ signal }) => listRoles({ signal }),
})

export const addUser = (body: UserBody & { password: string }) => createUser({ body, headers: once() })

export const changeUser = (user: User, body: UserBody) =>
  updateUser({ path: { user_id: user.id }, body, headers: ifMatch(user.version) })

export const disable = (user: User) => disableUser({ path: { user_id: user.id }, headers: once() })

export const enable = (user: User) => enableUser({ path: { user_id: user.id }, headers: once() })

export const signOutOf = (user: User) => signOutUser({ path: { user_id: user.id }, headers: once() })

export const setPassword = (user: User, new_password: string) =>
  setUserPassword({ path: { user_id: user.id }, body: { new_password } })

export const removeUser = (user: User) =>
  deleteUser({ path: { user_id: user.id }, headers: ifMatch(user.version) })
