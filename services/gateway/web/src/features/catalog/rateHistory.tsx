import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatInstant } from '@/shared/dates'
import { catalog } from '@/shared/i18n/en/catalog'
import { formatRate } from '@/shared/money'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { SmallTable } from '@/shared/table/SmallTable'
import { type RateChange, rateHistoryQuery, type Service } from './queries'

const { history } = catalog

export function RateHistory({ service }: { service: Service }) {
  const query = useQuery(rateHistoryQuery(service.id))
  return (
    <Section title={catalog.parts.history} flush>
      {query.isPending ? (
        <RowsSkeleton rows={3} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Text c="dimmed" p="md" size="sm">
          {history.none}
        </Text>
      ) : (
        <SmallTable
          label={catalog.parts.history}
          rows={query.data.items}
          rowKey={(change) => change.id}
          columns={columnsFor(service)}
        />
      )}
    </Section>
  )
}

function columnsFor(service: Service) {
  const rate = (change: RateChange, amount: string) =>
    formatRate(amount, change.currency, service.default_unit)
  return [
    { header: history.when, cell: (change: RateChange) => formatInstant(change.changed_at) },
    { header: history.who, cell: (change: RateChange) => change.changed_by_name },
    {
      header: history.from,
      align: 'right' as const,
      cell: (change: RateChange) =>
        change.old_rate === null ? history.first : rate(change, change.old_rate),
    },
    {
      header: history.to,
      align: 'right' as const,
      cell: (change: RateChange) => <strong>{rate(change, change.new_rate)}</strong>,
    },
  ]
}
