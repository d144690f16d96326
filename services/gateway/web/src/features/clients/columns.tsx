import { Badge } from '@mantine/core'
import { formatInstant } from '@/shared/dates'
import { clients } from '@/shared/i18n/en/clients'
import { TextLink } from '@/shared/Link'
import { formatRate } from '@/shared/money'
import type { Column } from '@/shared/table/types'
import type { Client } from './queries'
import { TagBadges } from './tagBadges'

const { fields } = clients
const colors: Record<string, string> = { active: 'evergreen', lead: 'blue', archived: 'gray' }

export function ClientStatus({ status }: { status: string }) {
  return <Badge color={colors[status] ?? 'gray'}>{clients.status[status] ?? status}</Badge>
}

/** "George Town, Cayman Islands": where the primary location is, else the country alone. */
function placeOf(client: Client): string {
  const parts = [client.primary_location?.city, client.country_name ?? client.country]
  return parts.filter(Boolean).join(', ') || '—'
}

export const clientColumns: Column<Client>[] = [
  {
    id: 'name',
    header: fields.name,
    sort: 'name',
    card: 'title',
    cell: (client) => (
      <TextLink to="/clients/$clientId" params={{ clientId: client.id }} fw={550} data-row-link>
        {client.name}
      </TextLink>
    ),
  },
  {
    id: 'status',
    header: fields.status,
    sort: 'status',
    card: 'corner',
    width: '7rem',
    cell: (client) => <ClientStatus status={client.status} />,
  },
  {
    id: 'contact',
    header: fields.support_contact,
    cell: (client) => client.primary_support_contact?.name ?? '—',
  },
  { id: 'email', header: fields.billing_email, cell: (client) => client.invoice_email ?? '—' },
  {
    id: 'phone',
    header: fields.phone,
    optional: true,
    cell: (client) => client.phone_display ?? client.primary_support_contact?.phone_display ?? '—',
  },
  {
    id: 'tags',
    header: fields.tags,
    cell: (client) => (client.tags.length > 0 ? <TagBadges tags={client.tags} /> : '—'),
  },
  { id: 'country', header: fields.country, cell: (client) => placeOf(client) },
  { id: 'currency', header: fields.currency, width: '6rem', cell: (client) => client.currency },
  {
    id: 'net_terms',
    header: fields.net_terms,
    width: '9rem',
    cell: (client) => clients.netDays(client.net_terms),
  },
  {
    id: 'hourly_rate',
    header: fields.hourly_rate,
    align: 'right',
    optional: true,
    cell: (client) => formatRate(client.hourly_rate, client.currency, 'hour'),
  },
  {
    id: 'updated_at',
    header: fields.updated_at,
    sort: 'updated_at',
    optional: true,
    cell: (client) => formatInstant(client.updated_at),
  },
]
