import { Badge, Text } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { formatDate, formatInstant } from '@/shared/dates'
import { billableItems as words } from '@/shared/i18n/en/billableItems'
import { common } from '@/shared/i18n/en/common'
import { TextLink } from '@/shared/Link'
import { formatQuantity, formatRate, shortUnit } from '@/shared/money'
import { EditLink } from '@/shared/table/EditLink'
import { RowMenu } from '@/shared/table/RowMenu'
import type { Column } from '@/shared/table/types'
import type { Item } from './queries'

const { fields } = words
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }
const colors: Record<string, string> = { open: 'blue', parked: 'orange', invoiced: 'evergreen' }

export const nameOf = (item: Item) => item.description || item.service_name

/** A rate given by hand; else the invoice run looks the client's rate up. */
function Rate({ item }: { item: Item }) {
  if (item.unit_rate !== null) return formatRate(item.unit_rate, item.billing_currency ?? 'USD', item.unit)
  return (
    <Text span size="xs" c="dimmed">
      {words.lookedUp}
    </Text>
  )
}

function Status({ item }: { item: Item }) {
  return (
    <>
      <Badge color={colors[item.status] ?? 'gray'}>{words.statuses[item.status]}</Badge>
      {item.parked_cause && (
        <Text size="xs" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {item.parked_cause}
        </Text>
      )}
      {item.invoice_id && (
        <TextLink to="/invoices/$invoiceId" params={{ invoiceId: item.invoice_id }} size="xs" display="block">
          {words.onInvoice}
        </TextLink>
      )}
    </>
  )
}

export const itemColumns = (
  mayWrite: boolean,
  onEdit: (item: Item) => void,
  onDelete: (item: Item) => void,
): Column<Item>[] => [
  {
    id: 'service',
    header: fields.service,
    card: 'title',
    cell: (item) => (
      <>
        <EditLink onEdit={mayWrite && !item.fixed_because ? () => onEdit(item) : null}>
          {nameOf(item)}
        </EditLink>
        {item.description && item.description !== item.service_name && (
          <Text size="xs" c="dimmed">
            {item.service_name}
          </Text>
        )}
      </>
    ),
  },
  {
    id: 'client',
    header: fields.client,
    cell: (item) => (
      <TextLink to="/clients/$clientId" params={{ clientId: item.client_id }} fz="sm">
        {item.client_name ?? item.client_id}
      </TextLink>
    ),
  },
  {
    id: 'dated_on',
    header: fields.dated_on,
    sort: 'dated_on',
    width: '8rem',
    cell: (item) => <span className="num">{formatDate(item.dated_on)}</span>,
  },
  {
    id: 'quantity',
    header: fields.quantity,
    align: 'right',
    width: '8rem',
    cell: (item) => (
      <span className="num">
        {formatQuantity(item.quantity)} {shortUnit(item.unit ?? '')}
      </span>
    ),
  },
  {
    id: 'unit_rate',
    header: fields.unit_rate,
    align: 'right',
    width: '9rem',
    cell: (item) => <Rate item={item} />,
  },
  { id: 'status', header: fields.status, card: 'corner', cell: (item) => <Status item={item} /> },
  {
    id: 'source',
    header: fields.source,
    cell: (item) => (
      <Text span size="sm">
        {[words.sources[item.source_type] ?? item.source_type, item.work_order_number, item.technician_name]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    ),
  },
  { id: 'note', header: fields.note, optional: true, cell: (item) => item.note ?? '—' },
  {
    id: 'created_at',
    header: fields.created_at,
    sort: 'created_at',
    optional: true,
    cell: (item) => <span className="num">{formatInstant(item.created_at)}</span>,
  },
  {
    id: 'actions',
    header: common.actions,
    bare: true,
    width: '3rem',
    cell: (item) =>
      mayWrite && (
        <RowMenu
          label={common.actionsOf(nameOf(item))}
          items={[
            {
              label: common.edit,
              icon: <IconPencil {...icon} />,
              refused: item.fixed_because,
              onClick: () => onEdit(item),
            },
            {
              label: common.delete,
              icon: <IconTrash {...icon} />,
              danger: true,
              refused: item.fixed_because,
              onClick: () => onDelete(item),
            },
          ]}
        />
      ),
  },
]
