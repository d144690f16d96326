/** A client's rate card: every service, what it costs this client, and why. Rates are changed in place. */
import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core'
import { IconBan, IconCirclePlus, IconPlus, IconRestore } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { InlineEdit } from '@/shared/form/InlineEdit'
import { rates } from '@/shared/i18n/en/clients'
import { lazyPart } from '@/shared/lazyPart'
import { formatRate, readDecimal } from '@/shared/money'
import { notifyDone } from '@/shared/notify'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { Column } from '@/shared/table/types'
import {
  type Client,
  type ClientService,
  fetchRates,
  type RateChange,
  ratesKey,
  useRateChange,
} from './queries'
import { RateBadge } from './rateBadge'

const CustomService = lazyPart(async () => (await import('./customService')).CustomService)

const MONEY = ['default_rate', 'effective_rate']

export function RateCard({ client }: { client: Client }) {
  const mayWrite = useMay('clients.write') && client.status !== 'archived'
  const mayMoney = useMay('money.read')
  const [adding, setAdding] = useState(false)
  const { mutateAsync } = useRateChange(client.id)

  const columns = useMemo(() => {
    async function change(row: ClientService, what: RateChange, done: (rate: string) => string) {
      try {
        const saved = await mutateAsync({ row, change: what })
        notifyDone(done(formatRate(saved.effective_rate, client.currency, saved.unit)))
      } catch {
        // shown by the mutation itself, which also puts the old rate back
      }
    }
    const columns = rateColumns(client, mayWrite ? change : null)
    return mayMoney ? columns : columns.filter((column) => !MONEY.includes(column.id))
  }, [client, mayWrite, mayMoney, mutateAsync])

  const add = mayWrite && (
    <Button
      variant="default"
      leftSection={<IconPlus aria-hidden size={15} />}
      onClick={() => setAdding(true)}
    >
      {rates.addCustom}
    </Button>
  )
  return (
    <>
      <Group justify="flex-end" mb="sm">
        {add}
      </Group>
      <DataTable
        label={rates.title}
        queryKey={ratesKey(client.id)}
        fetchPage={useMemo(() => fetchRates(client.id), [client.id])}
        columns={columns}
        rowName={(row) => row.name}
        defaultSort="name"
        searchLabel={rates.search}
        empty={rates.none}
      />
      {adding && <CustomService client={client} onClose={() => setAdding(false)} />}
    </>
  )
}

type Change = (row: ClientService, change: RateChange, done: (rate: string) => string) => void

function rateColumns(client: Client, change: Change | null): Column<ClientService>[] {
  const money = (rate: string | null, row: ClientService) => formatRate(rate, client.currency, row.unit)
  return [
    {
      id: 'name',
      header: rates.service,
      sort: 'name',
      card: 'title',
      cell: (row) => (
        <div>
          <Text size="sm" fw={550} tabIndex={-1} data-row-link>
            {row.name}
          </Text>
          {row.description && (
            <Text size="xs" c="dimmed" lineClamp={1} maw="32rem">
              {row.description}
            </Text>
          )}
        </div>
      ),
    },
    {
      id: 'badge',
      header: rates.badge,
      card: 'corner',
      width: '9rem',
      cell: (row) => <RateBadge row={row} />,
    },
    {
      id: 'category',
      header: rates.category,
      sort: 'category',
      width: '9rem',
      cell: (row) => row.category ?? '—',
    },
    {
      id: 'default_rate',
      header: rates.default,
      align: 'right',
      width: '9rem',
      cell: (row) => (
        <Text size="sm" c="dimmed">
          {money(row.default_rate, row)}
        </Text>
      ),
    },
    {
      id: 'effective_rate',
      header: rates.effective,
      sort: 'effective_rate',
      align: 'right',
      width: '11rem',
      cell: (row) =>
        change && row.included ? (
          <InlineEdit
            value={row.effective_rate ?? ''}
            shown={money(row.effective_rate, row)}
            label={rates.editing(row.name)}
            editLabel={rates.edit(row.name)}
            check={(text) => (readDecimal(text) === null ? rates.invalid : null)}
            onCommit={(text) =>
              change(row, { custom_rate: readDecimal(text) }, (rate) => rates.saved(row.name, rate))
            }
          />
        ) : (
          money(row.effective_rate, row)
        ),
    },
    ...(change ? [actionsColumn(change)] : []),
  ]
}

function actionsColumn(change: Change): Column<ClientService> {
  return {
    id: 'actions',
    header: rates.actions,
    bare: true,
    width: '5rem',
    align: 'right',
    cell: (row) => (
      <Group gap={2} justify="flex-end" wrap="nowrap">
        {!row.is_custom && row.included && row.custom_rate !== null && (
          <Act
            label={rates.resetOf(row.name)}
            tip={rates.reset}
            icon={<IconRestore size={16} stroke={1.6} />}
            onClick={() => change(row, { custom_rate: null }, (rate) => rates.wasReset(row.name, rate))}
          />
        )}
        <Act
          label={row.included ? rates.excludeOf(row.name) : rates.includeOf(row.name)}
          tip={row.included ? rates.exclude : rates.include}
          icon={row.included ? <IconBan size={16} stroke={1.6} /> : <IconCirclePlus size={16} stroke={1.6} />}
          onClick={() =>
            change(row, { included: !row.included }, () => (row.included ? rates.exclude : rates.include))
          }
        />
      </Group>
    ),
  }
}

type ActProps = { label: string; tip: string; icon: React.ReactNode; onClick: () => void }

function Act({ label, tip, icon, onClick }: ActProps) {
  return (
    <Tooltip label={tip} openDelay={300}>
      <ActionIcon aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
