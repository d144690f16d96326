import { Button, Text } from '@mantine/core'
import { formatDate } from '@/shared/dates'
import { agreementDecisions as words } from '@/shared/i18n/en/agreementDecisions'
import { agreements } from '@/shared/i18n/en/agreements'
import { common } from '@/shared/i18n/en/common'
import { TextLink } from '@/shared/Link'
import { formatMoney } from '@/shared/money'
import type { Column } from '@/shared/table/types'
import type { DecisionRow } from './decisionQueries'

const { fields } = words

/** Amounts and the button are left out for those who may not see or use them. */
export function decisionColumns(
  mayMoney: boolean,
  onDecide: ((decision: DecisionRow) => void) | null,
): Column<DecisionRow>[] {
  return [...main, ...(mayMoney ? [amount] : []), owner, outcome, ...(onDecide ? [button(onDecide)] : [])]
}

function Due({ decision }: { decision: DecisionRow }) {
  const days = decision.days_left
  return (
    <>
      <span className="num">{formatDate(decision.decide_by)}</span>
      <Text size="xs" c={days < 0 ? 'var(--mantine-color-error)' : 'dimmed'}>
        {days < 0 ? words.overdueBy(-days) : words.inDays(days)}
      </Text>
    </>
  )
}

function Outcome({ decision }: { decision: DecisionRow }) {
  const { outcome, snoozed_until, note, decided_by_name } = decision
  const state = outcome
    ? words.decidedBy(words.outcomes[decision.kind][outcome], decided_by_name ?? '—')
    : snoozed_until
      ? words.until(formatDate(snoozed_until))
      : words.notYet
  return (
    <>
      {state}
      {note && (
        <Text size="xs" c="dimmed" lineClamp={2} maw="24rem">
          {note}
        </Text>
      )}
    </>
  )
}

const main: Column<DecisionRow>[] = [
  {
    id: 'name',
    header: fields.agreement,
    card: 'title',
    cell: (decision) => (
      <>
        <TextLink
          to="/agreements/$agreementId"
          params={{ agreementId: decision.agreement_id }}
          fw={550}
          data-row-link
        >
          {decision.name}
        </TextLink>
        <Text size="xs" c="dimmed" className="num">
          {decision.number}
        </Text>
      </>
    ),
  },
  {
    id: 'client',
    header: fields.client,
    cell: (decision) => (
      <TextLink to="/clients/$clientId" params={{ clientId: decision.client_id }} fz="sm">
        {decision.client_name ?? '—'}
      </TextLink>
    ),
  },
  {
    id: 'decide_by',
    header: fields.decide_by,
    sort: 'decide_by',
    width: '10rem',
    cell: (decision) => <Due decision={decision} />,
  },
  {
    id: 'ends_on',
    header: fields.ends_on,
    sort: 'ends_on',
    width: '12rem',
    cell: (decision) => (
      <>
        <span className="num">{formatDate(decision.ends_on)}</span>
        <Text size="xs" c="dimmed">
          {decision.kind === 'end' && decision.auto_renew ? words.renews : words.kinds[decision.kind]}
        </Text>
      </>
    ),
  },
]

const amount: Column<DecisionRow> = {
  id: 'recurring_amount',
  header: agreements.fields.recurring_amount,
  align: 'right',
  width: '12rem',
  cell: ({ recurring_amount, currency, frequency }) =>
    recurring_amount
      ? `${formatMoney(recurring_amount, currency)} ${frequency ? agreements.perFrequency[frequency] : ''}`
      : '—',
}

const owner: Column<DecisionRow> = {
  id: 'owner',
  header: fields.owner,
  width: '9rem',
  cell: (decision) => decision.owner_name ?? words.noOwner,
}

const outcome: Column<DecisionRow> = {
  id: 'outcome',
  header: fields.outcome,
  cell: (decision) => <Outcome decision={decision} />,
}

const button = (onDecide: (decision: DecisionRow) => void): Column<DecisionRow> => ({
  id: 'actions',
  header: common.actions,
  bare: true,
  card: 'corner',
  align: 'right',
  width: '6rem',
  cell: (decision) => (
    <Button
      variant="default"
      size="xs"
      aria-label={words.dialog(decision.name)}
      data-row-edit
      onClick={() => onDecide(decision)}
    >
      {words.decide}
    </Button>
  ),
})
