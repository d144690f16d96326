import { Text } from '@mantine/core'
import { formatInstant } from '@/shared/dates'
import { InlineEdit } from '@/shared/form/InlineEdit'
import { catalog } from '@/shared/i18n/en/catalog'
import { common } from '@/shared/i18n/en/common'
import { TextLink } from '@/shared/Link'
import { formatRate, isAboveZero, readDecimal } from '@/shared/money'
import { StatusBadge } from '@/shared/StatusBadge'
import type { Column } from '@/shared/table/types'
import type { Service } from './queries'
import { ServiceMenu } from './serviceMenu'

const { fields } = catalog

export const shownRate = (service: Service, rate = service.default_rate) =>
  formatRate(rate, service.currency, service.default_unit)

type Abilities = {
  mayMoney: boolean
  /** Left out for those who may not change the catalog. */
  changeRate?: (service: Service, rate: string) => void
}

export function serviceColumns({ mayMoney, changeRate }: Abilities): Column<Service>[] {
  return [
    {
      id: 'name',
      header: fields.name,
      sort: 'name',
      card: 'title',
      cell: (service) => (
        <div>
          <TextLink to="/catalog/$serviceId" params={{ serviceId: service.id }} fw={550} data-row-link>
            {service.name}
          </TextLink>
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
      cell: (service) => service.category ?? '—',
    },
    {
      id: 'kind',
      header: fields.kind,
      width: '7rem',
      cell: (service) => catalog.kinds[service.kind] ?? service.kind,
    },
    ...(mayMoney ? [rateColumn(changeRate)] : []),
    {
      id: 'clients',
      header: fields.clients,
      align: 'right',
      width: '6rem',
      cell: (service) => service.client_count,
    },
    {
      id: 'agreements',
      header: fields.agreements,
      align: 'right',
      width: '7rem',
      cell: (service) => service.agreement_count,
    },
    {
      id: 'status',
      header: fields.status,
      sort: 'status',
      card: 'corner',
      width: '7rem',
      cell: (service) => <StatusBadge status={service.status} />,
    },
    {
      id: 'updated_at',
      header: fields.updated_at,
      sort: 'updated_at',
      optional: true,
      width: '11rem',
      cell: (service) => formatInstant(service.updated_at),
    },
    ...(changeRate ? [menuColumn] : []),
  ]
}

function rateColumn(changeRate: Abilities['changeRate']): Column<Service> {
  return {
    id: 'default_rate',
    header: fields.default_rate,
    sort: 'default_rate',
    align: 'right',
    width: '11rem',
    cell: (service) =>
      changeRate && service.status === 'active' ? (
        <InlineEdit
          value={service.default_rate ?? ''}
          shown={shownRate(service)}
          label={catalog.newRate(service.name)}
          editLabel={catalog.editRate(service.name)}
          check={(text) => (isAboveZero(text) ? null : catalog.hints.aboveZero)}
          onCommit={(text) => changeRate(service, readDecimal(text)!)}
        />
      ) : (
        shownRate(service)
      ),
  }
}

const menuColumn: Column<Service> = {
  id: 'actions',
  header: common.actions,
  bare: true,
  align: 'right',
  width: '3rem',
  cell: (service) => <ServiceMenu service={service} />,
}
