/** One client's agreements, as a tab of the client's page. */
import { Group } from '@mantine/core'
import { IconArrowsDiff, IconPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { agreements as words } from '@/shared/i18n/en/agreements'
import { whatIf } from '@/shared/i18n/en/whatIf'
import { ButtonLink } from '@/shared/Link'
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
  const mayWrite = useMay('agreements.write')
  const compare = mayWrite && (
    <ButtonLink
      variant="default"
      to="/agreements/what-if"
      search={{ client_id: clientId } as never}
      leftSection={<IconArrowsDiff aria-hidden size={15} />}
    >
      {whatIf.action}
    </ButtonLink>
  )
  const add = mayWrite && (
    <ButtonLink
      to="/agreements/new"
      search={{ client_id: clientId } as never}
      leftSection={<IconPlus aria-hidden size={15} />}
    >
      {words.new}
    </ButtonLink>
  )
  return (
    <>
      {add && (
        <Group justify="flex-end" gap="xs" mb="sm">
          {compare}
          {add}
        </Group>
      )}
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
    </>
  )
}
