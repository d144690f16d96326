/** What the agreement pages read and write. */
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  activateAgreement,
  addAgreementHours,
  cancelAgreement,
  clearDefaultAgreement,
  createAgreement,
  deleteAgreement,
  getAgreement,
  getAgreementStatistics,
  getAgreementUtilisation,
  listAgreementAmendments,
  listAgreementHours,
  listAgreementServices,
  listAgreements,
  listAllTimeEntries,
  listWorkOrders,
  makeDefaultAgreement,
  previewAgreement,
  renewAgreement,
  resumeAgreement,
  suspendAgreement,
  updateAgreement,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type Agreement = gen.GetAgreementResponse
export type Utilisation = gen.GetAgreementUtilisationResponse
export type CoveredService = gen.ListAgreementServicesResponse['items'][number]
export type HourEntry = gen.ListAgreementHoursResponse['items'][number]
export type TimeEntry = gen.ListAllTimeEntriesResponse['items'][number]
export type WorkOrder = gen.ListWorkOrdersResponse['items'][number]
export type HoursBody = gen.AddAgreementHoursData['body']

export const agreementsKey = ['agreements'] as const

type Query = gen.ListAgreementsData['query']

export const fetchAgreements = (params: PageParams, signal: AbortSignal) =>
  listAgreements({ query: params as Query, signal })

export const statisticsQuery = queryOptions({
  queryKey: [...agreementsKey, 'statistics'],
  queryFn: ({ signal }) => getAgreementStatistics({ signal }),
})

export const agreementQuery = (agreementId: string) =>
  queryOptions({
    queryKey: [...agreementsKey, 'one', agreementId],
    queryFn: ({ signal }) => getAgreement({ path: { agreement_id: agreementId }, signal }),
  })

const MOST_SERVICES = 100

/** An agreement covers at most 100 services: one page has them all. */
export const servicesQuery = (agreementId: string) =>
  queryOptions({
    queryKey: [...agreementsKey, 'services', agreementId],
    queryFn: ({ signal }) =>
      listAgreementServices({
        path: { agreement_id: agreementId },
        query: { page_size: MOST_SERVICES },
        signal,
      }),
  })

export const utilisationQuery = (agreementId: string) =>
  queryOptions({
    queryKey: [...agreementsKey, 'utilisation', agreementId],
    queryFn: ({ signal }) => getAgreementUtilisation({ path: { agreement_id: agreementId }, signal }),
  })

export const fetchHours = (agreementId: string) => (params: PageParams, signal: AbortSignal) =>
  listAgreementHours({
    path: { agreement_id: agreementId },
    query: params as gen.ListAgreementHoursData['query'],
    signal,
  })

export const fetchTime = (agreementId: string) => (params: PageParams, signal: AbortSignal) =>
  listAllTimeEntries({
    query: { ...(params as gen.ListAllTimeEntriesData['query']), agreement_id: agreementId },
    signal,
  })

const NEWEST = 20

export const newestOrdersQuery = (agreementId: string) =>
  queryOptions({
    queryKey: [...agreementsKey, 'orders', agreementId],
    queryFn: ({ signal }) =>
      listWorkOrders({ query: { agreement_id: agreementId, page_size: NEWEST, total: 'exact' }, signal }),
  })

/** From which day on changed terms apply, and why. */
export type Amending = { first_day: string; reason: string | null }
export type Amendment = gen.ListAgreementAmendmentsResponse['items'][number]

export const amendmentsQuery = (agreementId: string) =>
  queryOptions({
    queryKey: [...agreementsKey, 'amendments', agreementId],
    queryFn: ({ signal }) => listAgreementAmendments({ path: { agreement_id: agreementId }, signal }),
  })

/** The terms and covered services of a day, null for none. */
export const termsOnQuery = (agreementId: string, day: string | null) =>
  queryOptions({
    queryKey: [...agreementsKey, 'terms', agreementId, day],
    enabled: day !== null,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const asked = { path: { agreement_id: agreementId }, signal }
      const [agreement, services] = await Promise.all([
        getAgreement({ ...asked, query: { as_of: day! } }),
        listAgreementServices({ ...asked, query: { as_of: day!, page_size: MOST_SERVICES } }),
      ])
      return { ...agreement, rows: services.items }
    },
  })

export type AgreementBody = gen.CreateAgreementData['body']
export type Preview = gen.PreviewAgreementResponse

/** Rates and totals of an agreement that is put together: worked out by the server, the last answer kept meanwhile. */
export const previewQuery = (body: AgreementBody | null) =>
  queryOptions({
    queryKey: [...agreementsKey, 'preview', body],
    enabled: body !== null,
    retry: false,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => previewAgreement({ body: body!, signal }),
  })

export const createOne = (body: AgreementBody, key: string) =>
  createAgreement({ body, headers: { 'Idempotency-Key': key } })

/** Terms and covered services in one request: either all of it is saved or nothing. */
export const updateOne = (
  agreement: { id: string; version: number },
  { client_id, currency, activate, net_terms, ...body }: AgreementBody,
  amendment: Amending | null,
) =>
  updateAgreement({
    path: { agreement_id: agreement.id },
    body: { ...body, ...amendment, ...(net_terms !== null && { net_terms }) },
    headers: ifMatch(agreement.version),
  })

export type StatusAction = 'activate' | 'suspend' | 'resume' | 'cancel'

const actions = {
  activate: activateAgreement,
  suspend: suspendAgreement,
  resume: resumeAgreement,
  cancel: cancelAgreement,
}

/** Refuses to act on a version that somebody else has changed since. */
export const changeStatus = (agreement: Agreement, action: StatusAction, reason: string | null) =>
  actions[action]({
    path: { agreement_id: agreement.id },
    body: { reason },
    headers: { ...once(), ...ifMatch(agreement.version) },
  })

/** Makes the agreement its client's default, or leaves the client without one. */
export const setDefault = (agreement: Agreement, isDefault: boolean) =>
  (isDefault ? makeDefaultAgreement : clearDefaultAgreement)({
    path: { agreement_id: agreement.id },
    headers: { ...once(), ...ifMatch(agreement.version) },
  })

/** Drafts the next term. */
export const draftNextTerm = (agreement: Agreement) =>
  renewAgreement({ path: { agreement_id: agreement.id }, headers: once() })

export const deleteDraft = (agreement: Agreement) =>
  deleteAgreement({ path: { agreement_id: agreement.id }, headers: ifMatch(agreement.version) })

export const addHours = (agreement: Agreement, body: HoursBody, key: string) =>
  addAgreementHours({
    path: { agreement_id: agreement.id },
    body,
    headers: { 'Idempotency-Key': key },
  })

/** The newest agreement with its services, for a form that met somebody else's changes. */
export async function loadWhole(queries: QueryClient, agreementId: string) {
  const [agreement, services] = await Promise.all([
    queries.fetchQuery({ ...agreementQuery(agreementId), staleTime: 0 }),
    queries.fetchQuery({ ...servicesQuery(agreementId), staleTime: 0 }),
  ])
  return { ...agreement, rows: services.items }
}

/** Shows the server's answer at once; hours, services, lists and figures ask again. */
export function keepAgreement(queries: QueryClient, agreement: Agreement): Promise<void> {
  queries.setQueryData(agreementQuery(agreement.id).queryKey, agreement)
  return queries.invalidateQueries({ queryKey: agreementsKey })
}
