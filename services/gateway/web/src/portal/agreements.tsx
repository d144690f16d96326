import { agreementColumns } from '@/features/agreements/columns'
import { type Agreement, agreementsKey, fetchAgreements } from '@/features/agreements/queries'
import { agreements as terms } from '@/shared/i18n/en/agreements'
import { portal } from '@/shared/i18n/en/portal'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { Filter } from '@/shared/table/types'

const words = portal.agreements
const SHOWN = ['name', 'type', 'status', 'hours_remaining', 'end_date', 'recurring_amount']

const status: Filter = {
  key: 'status',
  label: terms.fields.status,
  options: ['active', 'suspended', 'expired', 'cancelled'].map((value) => ({
    value,
    label: terms.statuses[value]!,
  })),
}

export function PortalAgreements() {
  const mayMoney = useMay('money.read')
  return (
    <>
      <PageHeader title={words.title} />
      <DataTable
        label={words.title}
        queryKey={agreementsKey}
        fetchPage={fetchAgreements}
        columns={agreementColumns(mayMoney).filter((column) => SHOWN.includes(column.id))}
        rowName={(agreement: Agreement) => agreement.name}
        defaultSort="-created_at"
        searchLabel={terms.search}
        filters={[status]}
        empty={words.empty}
      />
    </>
  )
}
