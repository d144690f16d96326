/** What the reports read. */
import type * as gen from '@/api/gen'
import { reportAgreementUtilisation } from '@/api/gen'
import type { PageParams } from '@/shared/table/types'

type Agreement = gen.ReportAgreementUtilisationResponse['items'][number]
type Service = Agreement['services'][number]

/** A row of the report: an agreement in total, followed by one row for each of its services. */
export type Use = {
  id: string
  agreement: Agreement
  service: Service | null
} & Pick<Service, 'hours_allocated' | 'hours_used' | 'hours_remaining' | 'used_percent' | 'remaining_level'> &
  Pick<Service, 'projected_exhaustion' | 'hours_in_range'>

export const utilizationKey = ['reports', 'agreement-utilization'] as const

export async function fetchUtilization(params: PageParams, signal: AbortSignal) {
  const page = await reportAgreementUtilisation({
    query: params as gen.ReportAgreementUtilisationData['query'],
    signal,
  })
  return { ...page, items: page.items.flatMap(rowsOf) }
}

const rowsOf = (agreement: Agreement): Use[] => [
  { ...agreement, agreement, service: null, hours_allocated: agreement.total_hours },
  ...agreement.services.map((service) => ({
    ...service,
    id: `${agreement.id}.${service.client_service_id}`,
    agreement,
    service,
  })),
]
