/** Cost and hours under the tried terms, month by month, beside today's cost. */
import { Alert, Stack, Text } from '@mantine/core'
import { Chart } from '@/shared/charts/Chart'
import type { ChartSeries } from '@/shared/charts/types'
import { formatDate, formatMonth } from '@/shared/dates'
import { whatIf as words } from '@/shared/i18n/en/whatIf'
import { compareDecimals, formatMoney, formatQuantity, isZero } from '@/shared/money'
import { errorText } from '@/shared/notify'
import { Section } from '@/shared/Section'
import { Tiles } from '@/shared/Tiles'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import type { Simulated } from './whatIfQueries'

type Month = Simulated['periods'][number]

const series: ChartSeries<Month>[] = [
  { name: words.recurring, color: 'evergreen-6', value: (month) => month.recurring ?? '0' },
  { name: words.time, color: 'evergreen-3', value: (month) => month.time ?? '0' },
  { name: words.overage, color: 'red-6', value: (month) => month.overage ?? '0' },
  { name: words.uncovered, color: 'orange-5', value: (month) => month.uncovered ?? '0' },
]

export function WhatIfResult({ found, error }: { found: Simulated | undefined; error: unknown }) {
  if (error) return <Alert color="red">{errorText(error)}</Alert>
  if (!found) {
    return (
      <Section title={words.result}>
        <Text size="sm" c="dimmed">
          {words.fill}
        </Text>
      </Section>
    )
  }
  const { currency } = found
  const money = (value: string | null) => formatMoney(value, currency)
  return (
    <Stack gap="md">
      <Section title={words.result}>
        <Tiles
          tiles={[
            { label: words.total, figure: money(found.totals.total) },
            { label: words.todayTotal, figure: money(found.today.total) },
            { label: words.difference, figure: differenceText(found.difference, currency) },
            { label: words.hours, figure: formatQuantity(found.totals.hours) },
          ]}
        />
        <Text size="sm" c="dimmed" mt="sm">
          {words.from(formatDate(found.first_day), formatDate(found.last_day))}.{' '}
          {found.agreements.length === 0
            ? words.todayByRates
            : words.todayUnder(found.agreements.map(({ name }) => name).join(', '))}
        </Text>
        {!isZero(found.hours_without_rate) && (
          <Alert color="yellow" mt="sm">
            {words.withoutRate(formatQuantity(found.hours_without_rate))}
          </Alert>
        )}
        {found.entries === 0 && (
          <Alert color="yellow" mt="sm" title={words.noTime.title}>
            {words.noTime.text}
          </Alert>
        )}
      </Section>
      <Chart
        title={words.chart}
        rows={found.periods}
        category={{ header: words.month, label: (month) => formatMonth(month.first) }}
        series={series}
        format={money}
      />
      <Section title={words.byMonth} flush>
        <SmallTable
          label={words.byMonth}
          rows={found.periods}
          rowKey={(month) => month.first}
          columns={columnsOf(found)}
        />
      </Section>
    </Stack>
  )
}

function columnsOf({ currency, totals }: Simulated): SmallColumn<Month>[] {
  const right = 'right' as const
  const left = (month: Month) => (month.hours_left === null ? '—' : formatQuantity(month.hours_left))
  return [
    { header: words.month, cell: (month) => formatMonth(month.first) },
    { header: words.total, align: right, cell: (month) => formatMoney(month.total, currency) },
    { header: words.todayTotal, align: right, cell: (month) => formatMoney(month.today, currency) },
    { header: words.difference, align: right, cell: (month) => differenceText(month.difference, currency) },
    { header: words.used, align: right, cell: (month) => formatQuantity(month.hours_covered) },
    { header: words.over, align: right, cell: (month) => formatQuantity(month.hours_overage) },
    ...(totals.hours_left === null ? [] : [{ header: words.left, align: right, cell: left }]),
  ]
}

/** "$120.00 less": a sign alone is easily overlooked. */
export function differenceText(amount: string | null, currency: string): string {
  if (amount === null) return '—'
  if (isZero(amount)) return words.same
  const text = formatMoney(amount.replace('-', ''), currency)
  return compareDecimals(amount, '0') < 0 ? words.cheaper(text) : words.dearer(text)
}
