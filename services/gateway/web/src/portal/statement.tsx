/** Invoices and payments in their order with the balance after each, for a period; also as a file. */
import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { balanceQuery, type Period, type Statement, statementQuery } from '@/features/clients/accountQueries'
import { formatDate } from '@/shared/dates'
import { portal } from '@/shared/i18n/en/portal'
import { TextLink } from '@/shared/Link'
import { formatMoney } from '@/shared/money'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { useUser } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { AmountDue } from './due'

const words = portal.statement

type Row = {
  key: string
  on: string | null
  text: string
  id?: string
  amount: string | null
  balance: string
}

export function PortalStatement() {
  const clientId = useUser()?.client_id ?? ''
  const { start, end, currency } = useSearch({ strict: false }) as Record<string, string | undefined>
  const period: Period = { ...(start && { start }), ...(end && { end }), ...(currency && { currency }) }
  const query = useQuery({ ...statementQuery(clientId, period), enabled: clientId !== '' })
  const file = `/api/v1/clients/${clientId}/statement/export?${new URLSearchParams(period)}`
  return (
    <>
      <PageHeader title={words.title}>
        <Button
          variant="default"
          leftSection={<IconPrinter aria-hidden size={15} />}
          onClick={() => window.print()}
        >
          {words.print}
        </Button>
        <Button
          component="a"
          href={file}
          download
          variant="default"
          leftSection={<IconDownload aria-hidden size={15} />}
        >
          {words.download}
        </Button>
      </PageHeader>
      {clientId && <AmountDue clientId={clientId} />}
      <Section title={words.period} flush>
        <Choices clientId={clientId} period={period} shown={query.data?.currency} />
        {query.isError ? (
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        ) : query.data ? (
          <Entries statement={query.data} />
        ) : (
          <RowsSkeleton rows={4} />
        )}
      </Section>
    </>
  )
}

type ChoiceProps = { clientId: string; period: Period; shown?: string }

function Choices({ clientId, period, shown }: ChoiceProps) {
  const navigate = useNavigate()
  const currencies = useQuery(balanceQuery(clientId)).data?.by_currency.map((row) => row.currency) ?? []
  const set = (change: Period) =>
    navigate({
      to: '.',
      search: Object.fromEntries(
        Object.entries({ ...period, ...change }).filter(([, value]) => value),
      ) as never,
      replace: true,
      resetScroll: false,
    })
  return (
    <Group px="md" pb="sm" align="flex-end">
      <TextInput
        size="xs"
        type="date"
        label={words.from}
        value={period.start ?? ''}
        onChange={(event) => set({ start: event.currentTarget.value })}
      />
      <TextInput
        size="xs"
        type="date"
        label={words.until}
        value={period.end ?? ''}
        onChange={(event) => set({ end: event.currentTarget.value })}
      />
      {currencies.length > 1 && (
        <NativeSelect
          size="xs"
          label={words.currency}
          data={currencies}
          value={period.currency ?? shown ?? ''}
          onChange={(event) => set({ currency: event.currentTarget.value })}
        />
      )}
    </Group>
  )
}

function rowsOf(statement: Statement): Row[] {
  const { start, end, opening_balance, closing_balance } = statement
  return [
    { key: 'opening', on: start, text: words.opening, amount: null, balance: opening_balance },
    ...statement.entries.map(
      (entry): Row => ({
        key: `${entry.kind} ${entry.id}`,
        on: entry.on,
        text: `${words.kinds[entry.kind] ?? entry.kind} ${entry.reference}`,
        id: entry.kind === 'payment' ? undefined : entry.id,
        amount: entry.amount,
        balance: entry.balance,
      }),
    ),
    { key: 'closing', on: end, text: words.closing, amount: null, balance: closing_balance },
  ]
}

function Entries({ statement }: { statement: Statement }) {
  const money = (amount: string | null) => (amount === null ? '' : formatMoney(amount, statement.currency))
  const columns: SmallColumn<Row>[] = [
    { header: words.date, cell: (row) => <span className="num">{formatDate(row.on)}</span> },
    {
      header: words.entry,
      cell: (row) =>
        row.id ? (
          <TextLink to={'/invoices/$invoiceId' as never} params={{ invoiceId: row.id } as never} fz="sm">
            {row.text}
          </TextLink>
        ) : (
          row.text
        ),
    },
    { header: words.amount, align: 'right', cell: (row) => money(row.amount) },
    { header: words.balance, align: 'right', cell: (row) => <strong>{money(row.balance)}</strong> },
  ]
  return (
    <SmallTable label={words.title} columns={columns} rows={rowsOf(statement)} rowKey={(row) => row.key} />
  )
}
