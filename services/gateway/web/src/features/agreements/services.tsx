/** Covered services with their rates and hours, and beside them the services that are not covered. */
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { cardRowsQuery } from '@/features/rates/queries'
import { percentOf, sumOf } from '@/shared/decimals'
import { agreements } from '@/shared/i18n/en/agreements'
import { formatMoney, formatPercent, formatQuantity, formatRate } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { type Agreement, type CoveredService, servicesQuery, utilisationQuery } from './queries'
import classes from './texts.module.css'

const words = agreements.services

type Row = Omit<CoveredService, 'id' | 'agreement_id' | 'version'> & { key: string }

export function Services({ agreement }: { agreement: Agreement }) {
  const own = useQuery(servicesQuery(agreement.id))
  const card = useQuery(cardRowsQuery(agreement.client_id))
  const use = useQuery(utilisationQuery(agreement.id))
  const failed = own.error ?? card.error ?? use.error
  if (failed)
    return <ErrorState error={failed} onRetry={() => Promise.all([own.refetch(), card.refetch()])} />
  if (!own.data || !card.data || !use.data) return <RowsSkeleton />
  const named = new Set(own.data.items.map((row) => row.client_service_id))
  const others = card.data.filter((row) => !named.has(row.id))
  const included = others.filter((row) => row.included)
  const covered: Row[] = own.data.items.map((row) => ({ ...row, key: row.id }))
  const all = agreement.coverage === 'all'
  const used = new Map(use.data.services.map((row) => [row.client_service_id, row.hours_used]))
  if (all) covered.push(...included.map((row) => asCovered(row, used.get(row.id))))
  return (
    <div className={classes.columns}>
      <Section title={words.covered} flush>
        {covered.length === 0 ? (
          <Text size="sm" c="dimmed" p="md">
            {words.coveredNone}
          </Text>
        ) : (
          <Covered agreement={agreement} rows={covered} />
        )}
      </Section>
      <NotCovered
        agreement={agreement}
        names={all ? [] : included.map((row) => row.name)}
        missing={others.filter((row) => !row.included).map((row) => row.name)}
      />
    </div>
  )
}

/** A rate card row that is covered only because everything is. */
const asCovered = (
  row: { id: string; name: string; unit: string; effective_rate: string | null },
  used = '0.00',
): Row => ({
  key: row.id,
  client_service_id: row.id,
  service_id: null,
  name: row.name,
  unit: row.unit,
  included: true,
  custom_rate: null,
  client_rate: row.effective_rate,
  effective_rate: row.effective_rate,
  rate_source: null,
  hours_allocated: null,
  hours_used: used,
  hours_remaining: null,
  negotiated_quantity: null,
  recurring_share: null,
})

function Covered({ agreement, rows }: { agreement: Agreement; rows: Row[] }) {
  const mayMoney = useMay('money.read')
  const columns: SmallColumn<Row>[] = [
    { header: words.service, cell: (row) => row.name },
    ...(mayMoney ? [rateColumn(agreement)] : []),
    ...(agreement.total_hours ? hourColumns(agreement, rows) : []),
    ...(rows.some((row) => row.negotiated_quantity !== null) ? [negotiated] : []),
    ...(mayMoney && rows.some((row) => row.recurring_share !== null) ? [shareColumn(agreement)] : []),
  ]
  return (
    <SmallTable
      label={words.covered}
      columns={columns}
      rows={agreement.total_hours && rows.length > 1 ? [...rows, totalOf(rows)] : rows}
      rowKey={(row) => row.key}
    />
  )
}

const TOTAL = 'total'

const totalOf = (rows: Row[]): Row => ({
  ...asCovered({ id: TOTAL, name: words.total, unit: '', effective_rate: null }),
  hours_allocated: sumOf(rows.map((row) => row.hours_allocated ?? '0')),
  hours_used: sumOf(rows.map((row) => row.hours_used)),
  hours_remaining: sumOf(rows.map((row) => row.hours_remaining ?? '0')),
})

const rateColumn = (agreement: Agreement): SmallColumn<Row> => ({
  header: words.rate,
  cell: (row) => {
    if (row.key === TOTAL) return null
    const rate = formatRate(row.effective_rate, agreement.currency ?? 'USD', row.unit)
    if (row.custom_rate !== null) return words.agreementRate(rate)
    return row.effective_rate === null ? words.noRate : words.clientRate(rate)
  },
})

const used: SmallColumn<Row> = {
  header: words.used,
  align: 'right',
  cell: (row) => formatQuantity(row.hours_used),
}

function hourColumns(agreement: Agreement, rows: Row[]): SmallColumn<Row>[] {
  if (rows.every((row) => row.hours_allocated === null)) return [used]
  return [
    {
      header: words.allocated,
      align: 'right',
      cell: (row) => {
        if (row.hours_allocated === null) return '—'
        const percent = percentOf(row.hours_allocated, agreement.total_hours ?? '0') ?? '0'
        return words.ofTotal(formatQuantity(row.hours_allocated), formatPercent(percent))
      },
    },
    used,
    {
      header: words.remaining,
      align: 'right',
      cell: (row) => (row.hours_remaining === null ? '—' : formatQuantity(row.hours_remaining)),
    },
  ]
}

const negotiated: SmallColumn<Row> = {
  header: words.negotiated,
  align: 'right',
  cell: (row) =>
    row.negotiated_quantity === null ? '—' : `${formatQuantity(row.negotiated_quantity)} ${row.unit}`,
}

const shareColumn = (agreement: Agreement): SmallColumn<Row> => ({
  header: words.share,
  align: 'right',
  cell: (row) => formatMoney(row.recurring_share, agreement.currency ?? 'USD'),
})

type Uncovered = { agreement: Agreement; names: string[]; missing: string[] }

function NotCovered({ agreement, names, missing }: Uncovered) {
  return (
    <Section title={words.notCovered} flush>
      {names.length === 0 ? (
        <Text size="sm" c="dimmed" px="md" pb="sm">
          {words.notCoveredNone}
        </Text>
      ) : (
        <>
          <Text size="xs" c="dimmed" px="md">
            {agreements.uncovered[agreement.uncovered_policy]}
          </Text>
          <Names names={names} />
        </>
      )}
      {missing.length > 0 && (
        <>
          <Text size="xs" c="dimmed" px="md">
            {words.notIncluded}
          </Text>
          <Names names={missing} />
        </>
      )}
    </Section>
  )
}

function Names({ names }: { names: string[] }) {
  return (
    <ul className={classes.plain}>
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  )
}
