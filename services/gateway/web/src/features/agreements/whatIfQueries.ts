/** What the page of simulations reads, and the terms that it passes on to a new agreement. */
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { findBestFit, simulateAgreement } from '@/api/gen'
import { type AgreementBody, agreementsKey } from './queries'
import type { Values } from './values'

export type Simulated = gen.SimulateAgreementResponse
export type BestFit = gen.FindBestFitResponse
export type Option = BestFit['options'][number]

/** Whose time counts, and of which months. */
export type Subject = {
  mode: 'replay' | 'project'
  months: number
  agreement_id: string | null
}

/** Cost and hours under the terms, worked out by the server; the last answer is kept meanwhile. */
export const simulationQuery = (agreement: AgreementBody | null, subject: Subject) =>
  queryOptions({
    queryKey: [...agreementsKey, 'simulation', agreement, subject],
    enabled: agreement !== null,
    retry: false,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => simulateAgreement({ body: { agreement: agreement!, ...subject }, signal }),
  })

export const bestFitQuery = (clientId: string, subject: Subject, discount: string | null) =>
  queryOptions({
    queryKey: [...agreementsKey, 'bestFit', clientId, subject, discount],
    enabled: clientId !== '' && discount !== null,
    retry: false,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      findBestFit({ body: { client_id: clientId, discount: discount!, ...subject }, signal }),
  })

const prepared = [...agreementsKey, 'prepared']

/** Terms that were put together elsewhere, for the form of a new agreement (`/agreements/new?prepared=yes`). */
export const prepare = (queries: QueryClient, values: Values) => queries.setQueryData(prepared, values)

export const preparedValues = (queries: QueryClient) => queries.getQueryData<Values>(prepared)
