/** What the reports read. */
import type * as gen from '@/api/gen'
import { reportAgreementUtilisation, reportMargin, reportTechnicianTime, reportUnbilledWork } from '@/api/gen'
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

export type TechnicianTime = gen.ReportTechnicianTimeResponse['items'][number]
export type Margin = gen.ReportMarginResponse['items'][number]
export type Unbilled = gen.ReportUnbilledWorkResponse['items'][number]

export const technicianTimeKey = ['reports', 'technician-time'] as const
export const marginKey = ['reports', 'margin'] as const
export const unbilledKey = ['reports', 'unbilled-work'] as const

export const fetchTechnicianTime = (params: PageParams, signal: AbortSignal) =>
  reportTechnicianTime({ query: params as gen.ReportTechnicianTimeData['query'], signal })

export const fetchMargin = (params: PageParams, signal: AbortSignal) =>
  reportMargin({ query: params as gen.ReportMarginData['query'], signal })

export const fetchUnbilled = (params: PageParams, signal: AbortSignal) =>
  reportUnbilledWork({ query: params as gen.ReportUnbilledWorkData['query'], signal })
