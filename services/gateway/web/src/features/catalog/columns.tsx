import { Badge, Text } from '@mantine/core'
import { catalog } from '@/shared/i18n/en/dashboard'
import { formatRate } from '@/shared/money'
import type { Column } from '@/shared/table/types'
import type { Service } from './queries'

const { fields } = catalog

export const serviceColumns: Column<Service>[] = [
  {
    id: 'name',
    header: fields.name,
    sort: 'name',
    card: 'title',
    cell: (service) => (
      <div>
        <Text size="sm" fw={550} tabIndex={-1} data-row-link>
          {service.name}
        </Text>
        <Text size="xs" c="dimmed" lineClamp={1} maw="34rem">
          {service.description}
        </Text>
      </div>
    ),
  },
  {
    id: 'category',
    header: fields.category,
    sort: 'category',
    width: '9rem',
    cell: (s) => s.category ?? '—',
  },
  { id: 'kind', header: fields.kind, width: '7rem', cell: (s) => catalog.kinds[s.kind] ?? s.kind },
  {
    id: 'default_rate',
    header: fields.default_rate,
    sort: 'default_rate',
    align: 'right',
    width: '9rem',
    cell: (s) => formatRate(s.default_rate, s.currency ?? 'USD', s.default_unit),
  },
  { id: 'clients', header: fields.clients, align: 'right', width: '6rem', cell: (s) => s.client_count },
  {
    id: 'agreements',
    header: fields.agreements,
    align: 'right',
    width: '7rem',
    cell: (s) => s.agreement_count,
  },
  {
    id: 'status',
    header: fields.status,
    sort: 'status',
    card: 'corner',
    width: '7rem',
    cell: (s) => (
      <Badge color={s.status === 'active' ? 'evergreen' : 'gray'}>
        {catalog.status[s.status] ?? s.status}
      </Badge>
    ),
  },
]
