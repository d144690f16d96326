/** The hour ledger: every hour granted, used, moved or expired. */
import { Button, Group, Text } from '@mantine/core'
import { IconAdjustments, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { formatDate, formatInstant } from '@/shared/dates'
import { agreements } from '@/shared/i18n/en/agreements'
import { hourBlocks } from '@/shared/i18n/en/hourBlocks'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { formatQuantity } from '@/shared/money'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { Column, Filter } from '@/shared/table/types'
import { Blocks } from './blocks'
import { type Agreement, agreementsKey, fetchHours, type HourEntry } from './queries'

const AddHours = lazyPart(async () => (await import('./addHours')).AddHours)

const words = agreements.ledger
const { fields } = words

const filters: Filter[] = [
  {
    key: 'kind',
    label: fields.kind,
    options: Object.entries(words.kinds).map(([value, label]) => ({ value, label })),
  },
]

const columns: Column<HourEntry>[] = [
  {
    id: 'created_at',
    header: fields.created_at,
    sort: 'created_at',
    card: 'title',
    width: '12rem',
    cell: (entry) => <span className="num">{formatInstant(entry.created_at)}</span>,
  },
  { id: 'kind', header: fields.kind, width: '8rem', cell: (entry) => words.kinds[entry.kind] ?? entry.kind },
  {
    id: 'hours',
    header: fields.hours,
    align: 'right',
    card: 'corner',
    width: '6rem',
    cell: (entry) => <strong>{signed(entry.hours)}</strong>,
  },
  { id: 'account', header: fields.account, cell: (entry) => <Account entry={entry} /> },
  {
    id: 'work_order',
    header: fields.work_order,
    width: '9rem',
    cell: (entry) => <WorkOrder entry={entry} />,
  },
  {
    id: 'period',
    header: fields.period,
    sort: 'period_start',
    width: '8rem',
    cell: (entry) => <span className="num">{formatDate(entry.period_start)}</span>,
  },
  { id: 'note', header: fields.note, cell: (entry) => entry.note ?? '—' },
  { id: 'by', header: fields.by, optional: true, cell: (entry) => entry.actor_name },
]

function WorkOrder({ entry }: { entry: HourEntry }) {
  if (entry.work_order_id === null) return '—'
  return (
    <TextLink
      to="/work-orders/$workOrderId"
      params={{ workOrderId: entry.work_order_id }}
      className="num"
      fz="sm"
    >
      {entry.work_order_number}
    </TextLink>
  )
}

/** "+60" or "−2.5" */
const signed = (hours: string) =>
  hours.startsWith('-') ? `−${formatQuantity(hours.slice(1))}` : `+${formatQuantity(hours)}`

function accountOf(entry: HourEntry): string {
  if (entry.block_id !== null) return hourBlocks.title
  return entry.account_id === null ? words.pool : (entry.account_name ?? '—')
}

function Account({ entry }: { entry: HourEntry }) {
  const account = accountOf(entry)
  const elsewhere = entry.service_name !== null && entry.client_service_id !== entry.account_id
  return (
    <>
      {account}
      {elsewhere && (
        <Text size="xs" c="dimmed">
          {words.usedFor(entry.service_name!)}
        </Text>
      )}
    </>
  )
}

export function Hours({ agreement }: { agreement: Agreement }) {
  const mayWrite = useMay('agreements.write')
  const [adding, setAdding] = useState<'grant' | 'adjustment' | null>(null)
  const fetchPage = useMemo(() => fetchHours(agreement.id), [agreement.id])
  const open = agreement.status === 'active' || agreement.status === 'suspended'
  return (
    <>
      <Blocks agreement={agreement} />
      {mayWrite && open && (
        <Group justify="flex-end" gap="xs" my="sm">
          <Button
            variant="default"
            leftSection={<IconAdjustments aria-hidden size={15} />}
            onClick={() => setAdding('adjustment')}
          >
            {words.adjust}
          </Button>
          <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setAdding('grant')}>
            {words.add}
          </Button>
        </Group>
      )}
      <DataTable
        label={words.title}
        queryKey={[...agreementsKey, 'hours', agreement.id]}
        fetchPage={fetchPage}
        columns={columns}
        rowName={(entry) => words.kinds[entry.kind] ?? entry.kind}
        defaultSort="-created_at"
        filters={filters}
        empty={agreements.noHours}
      />
      {adding && <AddHours agreement={agreement} kind={adding} onClose={() => setAdding(null)} />}
    </>
  )
}
