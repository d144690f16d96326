/** What a line was made from: the service, the rate and where it comes from, and every entry with its day and person. */
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatDate } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { invoices } from '@/shared/i18n/en/invoices'
import { TextLink } from '@/shared/Link'
import { formatQuantity, formatRate, shortUnit } from '@/shared/money'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { type InvoiceLine, type LineEntry, lineEntriesQuery } from './queries'

const words = invoices.origin

const columns: SmallColumn<LineEntry>[] = [
  { header: words.date, cell: (entry) => <span className="num">{formatDate(entry.dated_on)}</span> },
  { header: words.person, cell: (entry) => entry.technician_name ?? '—' },
  { header: words.workOrder, cell: (entry) => entry.work_order_number ?? '—' },
  {
    header: words.quantity,
    align: 'right',
    cell: (entry) => `${formatQuantity(entry.quantity)} ${shortUnit(entry.unit ?? '')}`.trim(),
  },
  { header: words.note, cell: (entry) => entry.note ?? entry.description ?? '—' },
]

export function LineOrigin({ line, currency }: { line: InvoiceLine; currency: string }) {
  const query = useQuery(lineEntriesQuery(line.id))
  const rate = formatRate(line.unit_rate, currency, line.unit)
  const source = invoices.sources[line.rate_source ?? '']
  return (
    <>
      <Facts
        facts={[
          [words.service, <ServiceLink key="service" line={line} />],
          [words.rate, source ? `${rate}, ${source}` : rate],
        ]}
      />
      {query.isPending ? (
        <RowsSkeleton rows={2} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Text size="xs">{words.none}</Text>
      ) : (
        <SmallTable
          label={words.entries}
          columns={columns}
          rows={query.data.items}
          rowKey={(entry) => entry.id}
        />
      )}
      {query.data?.total && query.data.total > query.data.items.length && (
        <Text size="xs">{words.firstOf(query.data.items.length, query.data.total)}</Text>
      )}
    </>
  )
}

/** A service that only this client has is not in the catalog. */
function ServiceLink({ line }: { line: InvoiceLine }) {
  if (!line.service_id) return line.service_name || '—'
  return (
    <TextLink to="/catalog/$serviceId" params={{ serviceId: line.service_id }} fz="xs">
      {line.service_name}
    </TextLink>
  )
}
