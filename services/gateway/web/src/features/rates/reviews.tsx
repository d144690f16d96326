/** Clients on a default rate that is not the catalog's any more: move them to it, or leave them where they are. */
import { Paper, Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { rateLists as words } from '@/shared/i18n/en/rates'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { BulkAction } from '@/shared/table/types'
import {
  acceptReviews,
  declineReviews,
  fetchReviews,
  type RowAcross,
  reviewSummaryQuery,
  reviewsKey,
} from './acrossQueries'
import { reviewColumns, signed } from './columns'
import { RateSections } from './sections'

const bulk: BulkAction<RowAcross>[] = [
  {
    label: words.accept,
    icon: <IconCheck size={14} />,
    appliesTo: () => true,
    runAll: acceptReviews,
    done: words.accepted,
  },
  {
    label: words.decline,
    icon: <IconX size={14} />,
    appliesTo: () => true,
    runAll: declineReviews,
    done: words.declined,
  },
]

export function RateReviews() {
  const mayWrite = useMay('clients.write')
  return (
    <>
      <PageHeader title={words.reviews} />
      <RateSections />
      <Summary />
      <DataTable
        label={words.reviews}
        queryKey={reviewsKey}
        fetchPage={fetchReviews}
        columns={reviewColumns}
        rowName={(row) => `${row.name}, ${row.client_name}`}
        defaultSort="client_name"
        searchLabel={words.search}
        bulk={mayWrite ? bulk : undefined}
        empty={words.noReviews}
      />
    </>
  )
}

/** What accepting all that is shown would have been worth over the last twelve months, by currency. */
function Summary() {
  const { q } = useSearch({ strict: false }) as { q?: string }
  const { data } = useQuery(reviewSummaryQuery(q ? { q } : {}))
  if (!data?.count) return null
  return (
    <Paper p="sm" mb="md" component="section" aria-label={words.effectIfAccepted}>
      <Text size="sm" fw={570}>
        {words.open(data.count)}
      </Text>
      {(data.totals ?? []).map((total) => (
        <Text key={total.currency} size="sm" c="dimmed">
          {words.impact(signed(total.revenue_effect!, total.currency!), total.rows!)}
        </Text>
      ))}
    </Paper>
  )
}
