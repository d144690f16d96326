/** One client's agreements, as a tab of the client's page. */
import { useMemo } from 'react'
import { agreements as words } from '@/shared/i18n/en/agreements'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { PageParams } from '@/shared/table/types'
import { agreementColumns } from './columns'
import { agreementFilters } from './filters'
import { agreementsKey, fetchAgreements } from './queries'

export function ClientAgreements({ clientId }: { clientId: string }) {
  const mayMoney = useMay('money.read')
  const columns = useMemo(() => agreementColumns(mayMoney).filter(({ id }) => id !== 'client'), [mayMoney])
  const fetchPage = useMemo(
    () => (params: PageParams, signal: AbortSignal) =>
      fetchAgreements({ ...params, client_id: clientId }, signal),
    [clientId],
  )
  return (
    <DataTable
      label={words.title}
      queryKey={[...agreementsKey, 'client', clientId]}
      fetchPage={fetchPage}
      columns={columns}
      rowName={(agreement) => agreement.name}
      defaultSort="-created_at"
      searchLabel={words.search}
      filters={agreementFilters}
      empty={words.noneOfClient}
    />
  )
}
