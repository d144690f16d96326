/** Who is signed in. The session itself is an HttpOnly cookie; the browser only ever knows the user. */
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import '@/api/client'
import { getMe, login as postLogin, logout as postLogout, type SignedInUser } from '@/api/gen'
import { ApiError } from '@/api/problem'
import { setTimeZone } from '@/shared/dates'

export type User = SignedInUser

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<User | null> => {
    try {
      return known((await getMe({ signal })).user)
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null
      throw error
    }
  },
})

export async function signIn(queries: QueryClient, email: string, password: string): Promise<User> {
  const { user } = await postLogin({ body: { email, password } })
  queries.clear()
  queries.setQueryData(sessionQuery.queryKey, user)
  return known(user)
}

/** Takes over what the session says about dates, before any page shows one. */
function known(user: User): User {
  setTimeZone(user.time_zone)
  return user
}

/** Ends the session on the server first: only then is nothing left to misuse. */
export async function signOut(queries: QueryClient): Promise<void> {
  try {
    await postLogout({})
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error
  }
  forgetSession(queries)
}

/** Clears everything that was loaded for the user who has left. */
export function forgetSession(queries: QueryClient): void {
  queries.clear()
  queries.setQueryData(sessionQuery.queryKey, null)
}
