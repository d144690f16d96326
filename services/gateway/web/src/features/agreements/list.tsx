import { IconPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import { agreements as words } from '@/shared/i18n/en/agreements'
import { ButtonLink } from '@/shared/Link'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { agreementColumns } from './columns'
import { agreementFilters } from './filters'
import { agreementsKey, fetchAgreements } from './queries'
import { AgreementSections } from './sections'
import { StatisticsTiles } from './statistics'

const [status, type, ...others] = agreementFilters
const filters = [status!, type!, clientFilter, ...others]

export function AgreementList() {
  const mayMoney = useMay('money.read')
  const columns = useMemo(() => agreementColumns(mayMoney), [mayMoney])
  const mayWrite = useMay('agreements.write')
  const add = mayWrite && (
    <ButtonLink to="/agreements/new" leftSection={<IconPlus aria-hidden size={15} />}>
      {words.new}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader title={words.title}>{add}</PageHeader>
      <AgreementSections />
      <StatisticsTiles />
      <DataTable
        label={words.title}
        queryKey={agreementsKey}
        fetchPage={fetchAgreements}
        columns={columns}
        rowName={(agreement) => agreement.name}
        defaultSort="-created_at"
        searchLabel={words.search}
        filters={filters}
        empty={{ ...words.empty, action: add || undefined }}
      />
    </>
  )
}
