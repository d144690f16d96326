/** What was agreed, and for block hours how much of them is left. */
import { SimpleGrid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { formatDate } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { agreements as words } from '@/shared/i18n/en/agreements'
import { clients } from '@/shared/i18n/en/clients'
import { common } from '@/shared/i18n/en/common'
import { TextLink } from '@/shared/Link'
import { formatPercent, formatQuantity, formatRate } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { SmallTable } from '@/shared/table/SmallTable'
import { amountOf } from './columns'
import { Gauge } from './gauge'
import { type Agreement, type Utilisation, utilisationQuery } from './queries'
import classes from './texts.module.css'

const { fields, parts } = words

export function Overview({ agreement }: { agreement: Agreement }) {
  return (
    <Stack gap="md">
      {agreement.total_hours !== null && <HoursNow agreement={agreement} />}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Terms agreement={agreement} />
        <Coverage agreement={agreement} />
      </SimpleGrid>
      <Texts agreement={agreement} />
    </Stack>
  )
}

function Terms({ agreement }: { agreement: Agreement }) {
  const mayMoney = useMay('money.read')
  const ended: [string, string][] = agreement.ended_on
    ? [[fields.ended_on, formatDate(agreement.ended_on)]]
    : []
  return (
    <Section title={parts.terms}>
      <Facts
        facts={[
          [fields.number, agreement.number],
          [
            fields.client,
            <TextLink
              key="client"
              to="/clients/$clientId"
              params={{ clientId: agreement.client_id }}
              size="sm"
            >
              {agreement.client_name}
            </TextLink>,
          ],
          [fields.type, words.types[agreement.type]],
          ...(agreement.status_reason
            ? [[fields.status_reason, agreement.status_reason] as [string, string]]
            : []),
          [fields.start_date, formatDate(agreement.start_date)],
          [fields.end_date, agreement.end_date ? formatDate(agreement.end_date) : words.openEnd],
          ...ended,
          ...(agreement.end_date
            ? [[fields.auto_renew, agreement.auto_renew ? common.yes : common.no] as [string, string]]
            : []),
          [fields.notice_days, words.noticeOf(agreement.notice_days)],
          [fields.sla_hours, words.slaHours[agreement.sla_hours]!],
          ...(agreement.renewed_from_id
            ? [
                [
                  fields.renewed_from,
                  <TextLink
                    key="earlier"
                    to="/agreements/$agreementId"
                    params={{ agreementId: agreement.renewed_from_id }}
                    size="sm"
                  >
                    {words.earlierTerm}
                  </TextLink>,
                ] as [string, ReactNode],
              ]
            : []),
          ...(mayMoney ? [[fields.recurring_amount, amountOf(agreement)] as [string, string]] : []),
          [fields.net_terms, agreement.net_terms === null ? null : clients.netDays(agreement.net_terms)],
          [fields.currency, agreement.currency],
          [fields.reference, agreement.reference],
        ]}
      />
    </Section>
  )
}

function Coverage({ agreement }: { agreement: Agreement }) {
  const mayMoney = useMay('money.read')
  const { total_hours } = agreement
  const block: [string, string][] = total_hours
    ? [
        [fields.total_hours, formatQuantity(total_hours)],
        [fields.allocation_policy, words.allocations[agreement.allocation_policy]],
        [fields.draw_order, words.drawOrders[agreement.draw_order]],
        ...(agreement.type === 'block_hours_monthly'
          ? [[fields.rollover, words.rollovers[agreement.rollover]] as [string, string]]
          : []),
        [
          fields.low_hours_threshold,
          words.thresholdAt(formatPercent(formatQuantity(agreement.low_hours_threshold))),
        ],
      ]
    : []
  const overage: [string, string] = [
    fields.overage_rate,
    formatRate(agreement.overage_rate, agreement.currency ?? 'USD', 'hour'),
  ]
  return (
    <Section title={parts.coverage}>
      <Facts
        facts={[
          [fields.coverage, words.coverages[agreement.coverage]],
          [fields.uncovered_policy, words.uncovered[agreement.uncovered_policy]],
          ...block,
          ...(mayMoney ? [overage] : []),
        ]}
      />
    </Section>
  )
}

function Texts({ agreement }: { agreement: Agreement }) {
  const texts = (['scope', 'exclusions', 'internal_notes'] as const).filter((name) => agreement[name])
  if (texts.length === 0) return null
  return (
    <Section title={parts.texts}>
      <Facts
        facts={texts.map((name) => [
          fields[name],
          <span key={name} className={classes.text}>
            {agreement[name]}
          </span>,
        ])}
      />
    </Section>
  )
}

function HoursNow({ agreement }: { agreement: Agreement }) {
  const query = useQuery(utilisationQuery(agreement.id))
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  return (
    <>
      <Section title={parts.hours}>
        {query.isPending ? <RowsSkeleton rows={2} /> : <Figures agreement={agreement} use={query.data} />}
      </Section>
      {query.data && query.data.services.length > 0 && <ByService use={query.data} />}
    </>
  )
}

function Figures({ agreement, use }: { agreement: Agreement; use: Utilisation }) {
  const level = use.remaining_level as Agreement['remaining_level']
  const quantity = (hours: string | null) => (hours === null ? null : formatQuantity(hours))
  return (
    <>
      <Gauge hours={{ ...use, remaining_level: level }} total={use.total_hours ?? '0'} />
      {agreement.status === 'draft' && (
        <Text size="sm" c="dimmed" mb="sm">
          {words.gauge.draft}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'start' }}>
        <Facts
          facts={[
            [fields.hours_used, quantity(use.hours_used)],
            [words.gauge.unallocated, quantity(use.hours_unallocated)],
            [fields.hours_overage, quantity(use.hours_overage)],
          ]}
        />
        <Facts
          facts={[
            [words.gauge.since, use.period_start && formatDate(use.period_start)],
            ...(agreement.type === 'block_hours_monthly'
              ? [[fields.next_grant_on, formatDate(agreement.next_grant_on)] as [string, string]]
              : []),
            [words.gauge.perDay, quantity(use.average_per_day)],
            [words.gauge.exhausted, exhaustion(use.projected_exhaustion)],
          ]}
        />
      </SimpleGrid>
    </>
  )
}

const exhaustion = (day: string | null) => (day ? formatDate(day) : words.gauge.never)

function ByService({ use }: { use: Utilisation }) {
  const { services } = words
  const hours = (value: string | null) => (value === null ? '—' : formatQuantity(value))
  return (
    <Section title={parts.byService} flush>
      <SmallTable
        label={parts.byService}
        rows={use.services}
        rowKey={(row) => row.client_service_id ?? ''}
        columns={[
          { header: services.service, cell: (row) => row.name ?? '—' },
          { header: services.allocated, align: 'right', cell: (row) => hours(row.hours_allocated) },
          { header: services.used, align: 'right', cell: (row) => hours(row.hours_used) },
          { header: services.remaining, align: 'right', cell: (row) => hours(row.hours_remaining) },
          {
            header: services.usedPercent,
            align: 'right',
            cell: (row) =>
              row.used_percent === null ? '—' : formatPercent(formatQuantity(row.used_percent)),
          },
          {
            header: services.exhaustion,
            align: 'right',
            cell: (row) => <span className="num">{exhaustion(row.projected_exhaustion)}</span>,
          },
        ]}
      />
    </Section>
  )
}
