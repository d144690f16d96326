import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { invoicesOfClient } from '@/features/invoices/queries'
import { InvoiceRows } from '@/features/invoices/rows'
import { clients } from '@/shared/i18n/en/clients'
import { TextLink } from '@/shared/Link'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import type { Client } from './queries'

export function RecentInvoices({ client }: { client: Client }) {
  const query = useQuery(invoicesOfClient(client.id))
  const all = (
    <TextLink to="/invoices" search={{ client_id: client.id } as never} size="xs">
      {clients.allInvoices}
    </TextLink>
  )
  return (
    <Section title={clients.parts.invoices} action={all} flush>
      {query.isPending ? (
        <RowsSkeleton rows={3} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Text c="dimmed" p="md" size="sm">
          {clients.noInvoices}
        </Text>
      ) : (
        <InvoiceRows label={clients.parts.invoices} invoices={query.data.items} />
      )}
    </Section>
  )
}
