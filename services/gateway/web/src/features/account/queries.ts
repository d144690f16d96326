/** What the page of one's own account reads and writes. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { changeOwnPassword, endOtherSessions, endSession, listSessions, logoutEverywhere } from '@/api/gen'
import { once } from '@/api/keys'

export type Session = gen.ListSessionsResponse['items'][number]

export const sessionsQuery = queryOptions({
  queryKey: ['sessions', 'own'],
  queryFn: ({ signal }) => listSessions({ query: { active: true, page_size: 100 }, signal }),
})

export const end = (session: Session) => endSession({ path: { session_id: session.id } })
export const endOthers = () => endOtherSessions({})
export const signOutEverywhere = () => logoutEverywhere({ headers: once() })
export const changePassword = (body: gen.ChangeOwnPasswordData['body']) => changeOwnPassword({ body })
