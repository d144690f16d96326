/** The queue of renewal decisions: the most urgent first. */
import { Box, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import { agreementDecisions as words } from '@/shared/i18n/en/agreementDecisions'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { useMay, useUser } from '@/shared/session/useUser'
import { Tiles } from '@/shared/Tiles'
import { DataTable } from '@/shared/table/DataTable'
import type { Filter, FilterFieldProps } from '@/shared/table/types'
import { decisionColumns } from './decisionColumns'
import { type DecisionRow, decisionStatisticsQuery, decisionsKey, fetchDecisions } from './decisionQueries'
import { AgreementSections } from './sections'

const DecisionDialog = lazyPart(async () => (await import('./decisionDialog')).DecisionDialog)

const { fields } = words
const choices = (names: Record<string, string>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

function OwnerField({ label, value, onChange }: FilterFieldProps) {
  const me = useUser()?.id
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value}
      data={[
        { value: '', label: `${label}: ${words.anyone}` },
        ...(me ? [{ value: me, label: words.mine }] : []),
        ...(value && value !== me ? [{ value, label: words.another }] : []),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const filters: Filter[] = [
  { key: 'state', label: fields.state, options: choices(words.states) },
  { key: 'bucket', label: fields.bucket, options: choices(words.buckets) },
  { key: 'kind', label: fields.kind, options: choices(words.kinds) },
  { key: 'owner_id', label: fields.owner, Field: OwnerField },
  clientFilter,
]
const byDefault = { state: 'open' }

export function AgreementDecisions() {
  const mayWrite = useMay('agreements.write')
  const mayMoney = useMay('money.read')
  const [chosen, setChosen] = useState<DecisionRow | null>(null)
  const columns = useMemo(() => decisionColumns(mayMoney, mayWrite ? setChosen : null), [mayMoney, mayWrite])
  return (
    <>
      <PageHeader title={words.title} />
      <AgreementSections />
      <Buckets />
      <DataTable
        label={words.title}
        queryKey={decisionsKey}
        fetchPage={fetchDecisions}
        columns={columns}
        rowName={(decision) => decision.name}
        defaultSort="decide_by"
        searchLabel={words.search}
        filters={filters}
        defaultFilters={byDefault}
        empty={words.empty}
      />
      {chosen && <DecisionDialog decision={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

function Buckets() {
  const found = useQuery(decisionStatisticsQuery).data
  const tile = (name: keyof typeof words.buckets) => ({
    label: words.buckets[name],
    figure: found ? found[`open_${name}`].toLocaleString('en-US') : '…',
    href: `/agreements/decisions?bucket=${name}`,
    urgent: name === 'overdue' && (found?.open_overdue ?? 0) > 0,
  })
  return (
    <Box component="section" aria-label={words.glance} mb="md">
      <Tiles
        tiles={[
          ...(Object.keys(words.buckets) as (keyof typeof words.buckets)[]).map(tile),
          {
            label: words.states.snoozed,
            figure: found?.snoozed.toLocaleString('en-US') ?? '…',
            href: '/agreements/decisions?state=snoozed',
          },
        ]}
      />
    </Box>
  )
}
