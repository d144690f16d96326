/** What client users read of an agreement beside the parts that staff pages read too. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { listAgreementPeriods } from '@/api/gen'
import { agreementsKey } from '@/features/agreements/queries'

export type Period = gen.ListAgreementPeriodsResponse['items'][number]

export const periodsQuery = (agreementId: string) =>
  queryOptions({
    queryKey: [...agreementsKey, 'periods', agreementId],
    queryFn: ({ signal }) => listAgreementPeriods({ path: { agreement_id: agreementId }, signal }),
  })

/** Every movement of the agreement's hours as a CSV file with a running hash. */
export const statementUrl = (agreementId: string) => `/api/v1/agreements/${agreementId}/hours/statement`
