import { reports as words } from '@/shared/i18n/en/reports'
import { Sections } from '@/shared/Sections'
import { may, type Permission } from '@/shared/session/permissions'
import { useUser } from '@/shared/session/useUser'

type Part = { to: string; label: string; needs?: Permission }

/** Reports besides the first, also for the palette. */
export const reportParts: Part[] = [
  { to: '/reports/technician-time', label: words.technicianTime.title },
  { to: '/reports/unbilled-work', label: words.unbilledWork.title, needs: 'invoices.read' },
  { to: '/reports/margin', label: words.margin.title, needs: 'costs.manage' },
  { to: '/reports/labor-rates', label: words.laborRates.title, needs: 'costs.manage' },
]

export function ReportSections() {
  const user = useUser()
  const parts = reportParts.filter(({ needs }) => !needs || may(user, needs))
  return (
    <Sections
      label={words.sections}
      parts={[
        ['/reports/agreement-utilization', words.utilization.title],
        ...parts.map(({ to, label }) => [to, label] as const),
      ]}
    />
  )
}
