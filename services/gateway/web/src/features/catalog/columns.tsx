import { Text } from '@mantine/core'
import { formatDate, formatInstant } from '@/shared/dates'
import { InlineEdit } from '@/shared/form/InlineEdit'
import { catalog } from '@/shared/i18n/en/catalog'
import { catalogPrices } from '@/shared/i18n/en/catalogPrices'
import { common } from '@/shared/i18n/en/common'
import { TextLink } from '@/shared/Link'
import { formatRate } from '@/shared/money'
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
      sort: 'client_count',
      align: 'right',
      width: '6rem',
      cell: (service) => service.client_count,
    },
    {
      id: 'agreements',
      header: fields.agreements,
      sort: 'agreement_count',
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
    cell: (service) => (
      <>
        <Rate service={service} changeRate={changeRate} />
        <NextPrice service={service} />
      </>
    ),
  }
}

function Rate({ service, changeRate }: { service: Service } & Pick<Abilities, 'changeRate'>) {
  // the rate of a usage price with tiers follows from them
  const tiered = (service.price_model?.tiers?.length ?? 0) > 0
  if (!changeRate || service.status !== 'active' || tiered) return shownRate(service)
  return (
    <InlineEdit
      value={service.default_rate ?? ''}
      shown={shownRate(service)}
      label={catalog.newRate(service.name)}
      editLabel={catalog.editRate(service.name)}
      rules={{ kind: 'money', currency: service.currency, above: '0' }}
      unit={service.default_unit}
      onCommit={(rate) => changeRate(service, rate)}
    />
  )
}

export function NextPrice({ service: { next_price, default_unit } }: { service: Service }) {
  if (!next_price) return null
  const rate = formatRate(next_price.default_rate, next_price.currency, default_unit)
  return (
    <Text size="xs" c="dimmed">
      {catalogPrices.next(rate, formatDate(next_price.valid_from))}
    </Text>
  )
}

const menuColumn: Column<Service> = {
  id: 'actions',
  header: common.actions,
  bare: true,
  card: 'corner',
  align: 'right',
  width: '3rem',
  cell: (service) => <ServiceMenu service={service} />,
}
