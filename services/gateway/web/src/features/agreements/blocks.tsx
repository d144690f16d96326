/** Blocks of bought hours, in the order in which work draws from them. */
import { Badge, Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDate } from '@/shared/dates'
import { hourBlocks as words } from '@/shared/i18n/en/hourBlocks'
import { lazyPart } from '@/shared/lazyPart'
import { formatMoney, formatQuantity, isZero } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { blocksQuery, type HourBlock } from './blockQueries'
import type { Agreement } from './queries'

const AddBlock = lazyPart(async () => (await import('./addBlock')).AddBlock)
const RemoveBlock = lazyPart(async () => (await import('./removeBlock')).RemoveBlock)
const { fields } = words

const colors: Record<string, string> = { open: 'evergreen', expired: 'red' }

export const blockColumns: SmallColumn<HourBlock>[] = [
  { header: fields.bought_on, cell: (block) => formatDate(block.bought_on) },
  {
    header: fields.expires_on,
    cell: (block) => (block.expires_on ? formatDate(block.expires_on) : words.never),
  },
  { header: fields.hours, align: 'right', cell: (block) => formatQuantity(block.hours) },
  { header: fields.used, align: 'right', cell: (block) => formatQuantity(block.hours_used) },
  { header: fields.left, align: 'right', cell: (block) => formatQuantity(block.hours_remaining) },
  {
    header: fields.status,
    cell: (block) => (
      <Badge variant="light" color={colors[block.status] ?? 'gray'}>
        {words.statuses[block.status] ?? block.status}
      </Badge>
    ),
  },
  { header: fields.services, cell: (block) => scope(block) },
]

const scope = (block: HourBlock) =>
  block.services.map((row) => row.name ?? '—').join(', ') || words.allServices

export function Blocks({ agreement }: { agreement: Agreement }) {
  const mayWrite = useMay('agreements.write')
  const mayMoney = useMay('money.read')
  const query = useQuery(blocksQuery(agreement.id))
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<HourBlock | null>(null)
  const inForce = agreement.status === 'active' || agreement.status === 'suspended'
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  const price: SmallColumn<HourBlock> = {
    header: fields.price,
    align: 'right',
    cell: (block) => (block.price ? formatMoney(block.price, agreement.currency ?? 'USD') : '—'),
  }
  const remove: SmallColumn<HourBlock> = {
    header: words.remove,
    align: 'right',
    cell: (block) =>
      block.status === 'open' && isZero(block.hours_used) ? (
        <Button variant="subtle" size="compact-xs" color="red" onClick={() => setRemoving(block)}>
          {words.remove}
        </Button>
      ) : null,
  }
  const add = (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconPlus aria-hidden size={14} />}
      onClick={() => setAdding(true)}
    >
      {words.add}
    </Button>
  )
  return (
    <Section
      title={words.title}
      action={mayWrite && inForce ? add : undefined}
      flush={!!query.data?.items.length}
    >
      {query.isPending ? (
        <RowsSkeleton rows={1} />
      ) : query.data.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      ) : (
        <SmallTable
          label={words.title}
          rows={query.data.items}
          rowKey={(block) => block.id}
          columns={[...blockColumns, ...(mayMoney ? [price] : []), ...(mayWrite ? [remove] : [])]}
        />
      )}
      {adding && <AddBlock agreement={agreement} onClose={() => setAdding(false)} />}
      {removing && <RemoveBlock block={removing} onClose={() => setRemoving(null)} />}
    </Section>
  )
}
