/** What a service costs in which currency: in force, and from a day to come. */
import { Badge, Button, Text } from '@mantine/core'
import { IconCalendarOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDate } from '@/shared/dates'
import { catalogPrices as words } from '@/shared/i18n/en/catalogPrices'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { formatMoney, formatRate } from '@/shared/money'
import { notifyDone, notifyError } from '@/shared/notify'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { RowMenu } from '@/shared/table/RowMenu'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { cancelPrice, endPrice, type Price, pricesQuery, refreshPrices } from './priceQueries'
import type { Service } from './queries'

const PriceDialog = lazyPart(async () => (await import('./priceDialog')).PriceDialog)
const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }
const ORDER = ['current', 'scheduled']

export function PriceList({ service }: { service: Service }) {
  const mayWrite = useMay('catalog.write') && service.status === 'active'
  const query = useQuery(pricesQuery(service.id))
  const [edited, setEdited] = useState<Price | 'new' | null>(null)
  const open = (query.data?.items ?? []).filter(({ state }) => state !== 'past')
  const rows = open.sort(inOrder(service.currency))
  const add = mayWrite && (
    <Button
      variant="default"
      leftSection={<IconPlus aria-hidden size={15} />}
      onClick={() => setEdited('new')}
    >
      {words.add}
    </Button>
  )
  return (
    <Section title={words.list.title} action={add} flush>
      {query.isPending ? (
        <RowsSkeleton rows={3} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : rows.length === 0 ? (
        <Text c="dimmed" p="md" size="sm">
          {words.list.none}
        </Text>
      ) : (
        <SmallTable
          label={words.list.title}
          rows={rows}
          rowKey={(price) => price.id}
          columns={columnsFor(service, mayWrite ? setEdited : null)}
        />
      )}
      {edited && (
        <PriceDialog
          service={service}
          price={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Section>
  )
}

/** The own currency first, then the others by name; in force before scheduled, in the order they begin. */
function inOrder(own: string) {
  return (a: Price, b: Price) =>
    (b.currency === own ? 1 : 0) - (a.currency === own ? 1 : 0) ||
    a.currency.localeCompare(b.currency) ||
    ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
    a.valid_from.localeCompare(b.valid_from)
}

function columnsFor(service: Service, onEdit: ((price: Price) => void) | null): SmallColumn<Price>[] {
  const columns: SmallColumn<Price>[] = [
    {
      header: words.list.currency,
      cell: (price) => (
        <>
          {price.currency}{' '}
          {price.currency === service.currency && (
            <Text span size="xs" c="dimmed" visibleFrom="sm">
              {words.list.own}
            </Text>
          )}
        </>
      ),
    },
    {
      header: words.list.rate,
      align: 'right',
      cell: (price) => (
        <>
          <strong>{formatRate(price.default_rate, price.currency, service.default_unit)}</strong>
          {price.price_model && (
            <Text size="xs" c="dimmed">
              {words.models[price.price_model.model]}
            </Text>
          )}
        </>
      ),
    },
    {
      header: words.list.setup_fee,
      align: 'right',
      cell: (price) => formatMoney(price.setup_fee, price.currency),
    },
    {
      header: words.list.cost,
      align: 'right',
      cell: (price) => formatMoney(price.cost, price.currency),
    },
    {
      header: words.list.from,
      cell: (price) => <span style={{ whiteSpace: 'nowrap' }}>{formatDate(price.valid_from)}</span>,
    },
    {
      header: words.list.state,
      cell: ({ state }) => (
        <Badge color={state === 'scheduled' ? 'blue' : 'evergreen'}>{words.states[state]}</Badge>
      ),
    },
    { header: words.list.by, cell: (price) => price.created_by_name },
  ]
  if (onEdit)
    columns.push({
      header: common.actions,
      align: 'right',
      cell: (price) => <PriceMenu service={service} price={price} onEdit={() => onEdit(price)} />,
    })
  return columns
}

function PriceMenu({ service, price, onEdit }: { service: Service; price: Price; onEdit: () => void }) {
  const queries = useQueryClient()
  const [ending, setEnding] = useState(false)
  const own = price.currency === service.currency
  if (own && price.state === 'current') return null

  async function act(work: Promise<unknown>, done: string) {
    setEnding(false)
    try {
      await work
      notifyDone(done)
    } catch (error) {
      notifyError(error)
    }
    refreshPrices(queries, service.id)
  }

  const scheduled = [
    { label: common.edit, icon: <IconPencil {...icon} />, onClick: onEdit },
    {
      label: words.cancel,
      icon: <IconTrash {...icon} />,
      danger: true,
      onClick: () => act(cancelPrice(price), words.canceled(service.name)),
    },
  ]
  const current = [
    {
      label: words.end,
      icon: <IconCalendarOff {...icon} />,
      danger: true,
      onClick: () => setEnding(true),
    },
  ]
  return (
    <>
      <RowMenu
        label={common.actionsOf(`${price.currency} ${formatDate(price.valid_from)}`)}
        items={price.state === 'scheduled' ? scheduled : current}
      />
      {ending && (
        <ConfirmDialog
          title={words.endTitle(price.currency)}
          text={words.endText}
          action={words.end}
          danger
          onConfirm={() => act(endPrice(price), words.ended(price.currency, service.name))}
          onClose={() => setEnding(false)}
        />
      )}
    </>
  )
}
