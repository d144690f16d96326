/** Which client pays what: the audit of negotiated rates, and where many are changed at once. */
import { IconPercentage } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { rates, rateLists as words } from '@/shared/i18n/en/rates'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { BulkAction, BulkTarget, Filter } from '@/shared/table/types'
import { acrossKey, fetchAcross, type RowAcross } from './acrossQueries'
import { rateColumns } from './columns'
import { RateSections } from './sections'

const BulkChange = lazyPart(async () => (await import('./bulkChange')).BulkChange)

const same = (names: string[]) => names.map((name) => ({ value: name, label: name }))

const filters: Filter[] = [
  { key: 'badge', label: words.kind, options: same(Object.values(rates.badges)) },
  {
    key: 'client_status',
    label: words.clientStatus,
    options: Object.entries(words.statuses).map(([value, label]) => ({ value, label })),
  },
  { key: 'rate_review', label: rates.review, options: [{ value: 'true', label: words.reviewOpen }] },
]

export function RateList() {
  const mayWrite = useMay('clients.write')
  const [target, setTarget] = useState<BulkTarget | null>(null)
  const bulk = useMemo<BulkAction<RowAcross>[]>(
    () => [
      {
        label: words.change,
        icon: <IconPercentage size={14} />,
        appliesTo: (row) => row.included,
        prepare: setTarget,
      },
    ],
    [],
  )
  return (
    <>
      <PageHeader title={words.title} />
      <RateSections />
      <DataTable
        label={words.title}
        queryKey={acrossKey}
        fetchPage={fetchAcross}
        columns={rateColumns}
        rowName={(row) => `${row.name}, ${row.client_name}`}
        defaultSort="client_name"
        searchLabel={words.search}
        filters={filters}
        defaultFilters={{ badge: rates.badges.custom }}
        bulk={mayWrite ? bulk : undefined}
        empty={words.empty}
      />
      {target && <BulkChange target={target} onClose={() => setTarget(null)} />}
    </>
  )
}
