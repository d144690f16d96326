import { Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { CatalogSections } from '@/features/catalog/sections'
import { catalog } from '@/shared/i18n/en/catalog'
import { bundles as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { ButtonLink, TextLink } from '@/shared/Link'
import { formatMoney } from '@/shared/money'
import { PageHeader } from '@/shared/PageHeader'
import { StatusBadge } from '@/shared/StatusBadge'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { type Column, type Filter, statusFilter } from '@/shared/table/types'
import { BundleMenu } from './menu'
import { type Bundle, bundlesKey, fetchBundles } from './queries'
import { shownMargin } from './totals'

const { fields } = words

const filters: Filter[] = [
  statusFilter,
  {
    key: 'pricing',
    label: fields.pricing,
    options: Object.entries(words.pricings).map(([value, label]) => ({ value, label })),
  },
]

const SHOWN = 4
const MONEY = ['price', 'list_price', 'margin']

export function BundleList() {
  const mayWrite = useMay('catalog.write')
  const mayMoney = useMay('money.read')
  const shown = columns.filter(
    ({ id }) => (mayMoney || !MONEY.includes(id)) && (mayWrite || id !== 'actions'),
  )
  const add = mayWrite && (
    <ButtonLink to="/catalog/bundles/new" leftSection={<IconPlus aria-hidden size={15} />}>
      {words.new}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader title={words.title}>{add}</PageHeader>
      <CatalogSections />
      <DataTable
        label={words.title}
        queryKey={bundlesKey}
        fetchPage={fetchBundles}
        columns={shown}
        rowName={(bundle) => bundle.name}
        defaultSort="name"
        searchLabel={words.search}
        filters={filters}
        empty={{ ...words.empty, action: add || undefined }}
      />
    </>
  )
}

const columns: Column<Bundle>[] = [
  {
    id: 'name',
    header: fields.name,
    sort: 'name',
    card: 'title',
    cell: (bundle) => (
      <div>
        <TextLink
          to="/catalog/bundles/$bundleId"
          params={{ bundleId: bundle.id }}
          size="sm"
          fw={550}
          data-row-link
        >
          {bundle.name}
        </TextLink>
        <Text size="xs" c="dimmed" lineClamp={1} maw="34rem">
          {itemsOf(bundle)}
        </Text>
      </div>
    ),
  },
  {
    id: 'pricing',
    header: fields.pricing,
    width: '11rem',
    cell: (bundle) => words.pricings[bundle.pricing],
  },
  {
    id: 'billing_cycle',
    header: fields.billing_cycle,
    width: '9rem',
    cell: ({ billing_cycle }) => (billing_cycle ? catalog.cycles[billing_cycle] : '—'),
  },
  {
    id: 'list_price',
    header: fields.list_price,
    align: 'right',
    width: '9rem',
    cell: (bundle) => formatMoney(bundle.list_price, bundle.currency),
  },
  {
    id: 'price',
    header: fields.price,
    align: 'right',
    width: '9rem',
    cell: (bundle) => <strong>{formatMoney(bundle.price, bundle.currency)}</strong>,
  },
  { id: 'margin', header: fields.margin, align: 'right', width: '7rem', cell: shownMargin },
  {
    id: 'status',
    header: fields.status,
    sort: 'status',
    card: 'corner',
    width: '7rem',
    cell: (bundle) => <StatusBadge status={bundle.status} />,
  },
  {
    id: 'actions',
    header: common.actions,
    bare: true,
    card: 'corner',
    align: 'right',
    width: '3rem',
    cell: (bundle) => <BundleMenu bundle={bundle} />,
  },
]

function itemsOf({ items }: Bundle): string {
  const names = items.slice(0, SHOWN).map(({ service_name }) => service_name)
  return names.join(', ') + (items.length > SHOWN ? ' …' : '')
}
