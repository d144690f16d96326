import { Badge, Group, Text } from '@mantine/core'
import { daysUntil, formatDate, formatInstant } from '@/shared/dates'
import { agreements as words } from '@/shared/i18n/en/agreements'
import { TextLink } from '@/shared/Link'
import { formatMoney, formatRate } from '@/shared/money'
import type { Column } from '@/shared/table/types'
import { HoursLeft } from './gauge'
import type { Agreement } from './queries'

const { fields } = words
const SOON_DAYS = 60
const colors: Record<string, string> = { active: 'evergreen', draft: 'blue', suspended: 'orange' }

export function AgreementStatus({ status }: { status: string }) {
  return <Badge color={colors[status] ?? 'gray'}>{words.statuses[status] ?? status}</Badge>
}

/** Marks the agreement that is suggested first for the client's work. */
export function DefaultBadge({ agreement }: { agreement: Agreement }) {
  return agreement.is_default ? <Badge variant="outline">{words.isDefault}</Badge> : null
}

/** "$2,500.00 per month" */
export function amountOf(agreement: Agreement): string {
  const amount = formatMoney(agreement.recurring_amount, agreement.currency ?? 'USD')
  const each = agreement.frequency && words.perFrequency[agreement.frequency]
  return amount === '—' || !each ? amount : `${amount} ${each}`
}

function End({ agreement }: { agreement: Agreement }) {
  if (!agreement.end_date) return words.openEnd
  const days = daysUntil(agreement.end_date)
  const counts = (agreement.status === 'active' || agreement.status === 'suspended') && days <= SOON_DAYS
  return (
    <span className="num">
      {formatDate(agreement.end_date)}{' '}
      {counts && (
        <Text span size="xs" c={days < 0 ? 'var(--mantine-color-error)' : 'dimmed'}>
          {words.endsIn(days)}
        </Text>
      )}
    </span>
  )
}

/** The columns of every list of agreements; amounts are left out for those who may not see money. */
export const agreementColumns = (mayMoney: boolean): Column<Agreement>[] => [
  {
    id: 'name',
    header: fields.name,
    sort: 'name',
    card: 'title',
    cell: (agreement) => (
      <>
        <TextLink to="/agreements/$agreementId" params={{ agreementId: agreement.id }} fw={550} data-row-link>
          {agreement.name}
        </TextLink>
        <Group gap="xs">
          <Text size="xs" c="dimmed" className="num">
            {agreement.number}
          </Text>
          <DefaultBadge agreement={agreement} />
        </Group>
      </>
    ),
  },
  {
    id: 'client',
    header: fields.client,
    cell: (agreement) => (
      <TextLink to="/clients/$clientId" params={{ clientId: agreement.client_id }} fz="sm">
        {agreement.client_name}
      </TextLink>
    ),
  },
  { id: 'type', header: fields.type, width: '11rem', cell: (agreement) => words.types[agreement.type] },
  {
    id: 'status',
    header: fields.status,
    sort: 'status',
    card: 'corner',
    width: '7rem',
    cell: (agreement) => <AgreementStatus status={agreement.status} />,
  },
  {
    id: 'hours',
    header: fields.hours_remaining,
    width: '10rem',
    cell: (agreement) => <HoursLeft hours={agreement} />,
  },
  {
    id: 'start_date',
    header: fields.start_date,
    sort: 'start_date',
    optional: true,
    width: '8rem',
    cell: (agreement) => <span className="num">{formatDate(agreement.start_date)}</span>,
  },
  {
    id: 'end_date',
    header: fields.end_date,
    sort: 'end_date',
    width: '11rem',
    cell: (agreement) => <End agreement={agreement} />,
  },
  ...(mayMoney ? money : []),
  {
    id: 'reference',
    header: fields.reference,
    optional: true,
    cell: (agreement) => agreement.reference ?? '—',
  },
  {
    id: 'updated_at',
    header: fields.updated_at,
    sort: 'updated_at',
    optional: true,
    cell: (agreement) => <span className="num">{formatInstant(agreement.updated_at)}</span>,
  },
]

const money: Column<Agreement>[] = [
  {
    id: 'recurring_amount',
    header: fields.recurring_amount,
    align: 'right',
    width: '12rem',
    cell: (agreement) => amountOf(agreement),
  },
  {
    id: 'overage_rate',
    header: fields.overage_rate,
    align: 'right',
    optional: true,
    cell: (agreement) => formatRate(agreement.overage_rate, agreement.currency ?? 'USD', 'hour'),
  },
]
