/** What the queue of renewal decisions reads and writes. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  decideAgreement,
  getAgreementDecision,
  getAgreementDecisionStatistics,
  listAgreementDecisions,
  listUsers,
} from '@/api/gen'
import { ifMatch } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'
import { agreementsKey } from './queries'

export type Decision = gen.GetAgreementDecisionResponse
export type DecisionRow = Decision & { id: string }
export type DecisionBody = gen.DecideAgreementData['body']

export const decisionsKey = [...agreementsKey, 'decisions'] as const

/** A row of the table is named by its agreement, which has one present cycle. */
export async function fetchDecisions(params: PageParams, signal: AbortSignal) {
  const page = await listAgreementDecisions({
    query: params as gen.ListAgreementDecisionsData['query'],
    signal,
  })
  return { ...page, items: page.items.map((one): DecisionRow => ({ ...one, id: one.agreement_id })) }
}

export const decisionStatisticsQuery = queryOptions({
  queryKey: [...decisionsKey, 'statistics'],
  queryFn: ({ signal }) => getAgreementDecisionStatistics({ signal }),
})

const of = (decision: Decision) => ({ path: { agreement_id: decision.agreement_id } })

export const loadDecision = (decision: Decision) => getAgreementDecision(of(decision))

export const saveDecision = (decision: Decision, body: Omit<DecisionBody, 'ends_on'>) =>
  decideAgreement({
    ...of(decision),
    body: { ...body, ends_on: decision.ends_on },
    headers: ifMatch(decision.version),
  })

/** The active users who may decide. */
export const ownersQuery = queryOptions({
  queryKey: ['users', 'managers'],
  queryFn: async ({ signal }) => {
    const pages = await Promise.all(
      (['manager', 'admin', 'super_admin'] as const).map((role) =>
        listUsers({ query: { role, status: 'active', page_size: 100 }, signal }),
      ),
    )
    return pages.flatMap((page) => page.items)
  },
})
