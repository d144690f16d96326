import { Anchor, Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { blocksQuery } from '@/features/agreements/blockQueries'
import { blockColumns } from '@/features/agreements/blocks'
import { AgreementStatus } from '@/features/agreements/columns'
import { Gauge } from '@/features/agreements/gauge'
import {
  type Agreement,
  agreementQuery,
  type Utilisation,
  utilisationQuery,
} from '@/features/agreements/queries'
import { Crumbs } from '@/shared/Crumbs'
import { Chart } from '@/shared/charts/Chart'
import type { ChartSeries } from '@/shared/charts/types'
import { formatDate } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { agreements as terms } from '@/shared/i18n/en/agreements'
import { portal } from '@/shared/i18n/en/portal'
import { lazyPart } from '@/shared/lazyPart'
import { formatQuantity } from '@/shared/money'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { SmallTable } from '@/shared/table/SmallTable'
import { type Period, periodsQuery, statementUrl } from './agreementQueries'
import classes from './portal.module.css'

const words = portal.agreements
const NewOrder = lazyPart(async () => (await import('./newOrder')).NewOrder)

const series: ChartSeries<Period>[] = [
  { name: words.series.used, color: 'evergreen-6', value: (period) => period.hours_used },
  { name: words.series.bought, color: 'blue-5', value: (period) => period.hours_used_from_blocks },
  { name: words.series.overage, color: 'red-6', value: (period) => period.hours_overage },
  { name: words.series.expired, color: 'gray-5', value: (period) => period.hours_expired },
  { name: words.series.remaining, color: 'evergreen-2', value: (period) => period.hours_remaining },
]

export function PortalAgreement() {
  const { agreementId } = useParams({ strict: false }) as { agreementId: string }
  const query = useQuery(agreementQuery(agreementId))
  const [asking, setAsking] = useState(false)
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  const agreement = query.data
  return (
    <>
      <PageHeader
        title={agreement.name}
        badge={<AgreementStatus status={agreement.status} />}
        above={<Crumbs to={'/agreements' as never} label={words.title} />}
      >
        {agreement.total_hours !== null && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {words.more}
          </Button>
        )}
      </PageHeader>
      <Stack gap="md">
        <Hours agreement={agreement} />
        <Terms agreement={agreement} />
      </Stack>
      {asking && <NewOrder subject={words.moreSubject(agreement.number)} onClose={() => setAsking(false)} />}
    </>
  )
}

function Hours({ agreement }: { agreement: Agreement }) {
  const has = agreement.total_hours !== null
  const use = useQuery(utilisationQuery(agreement.id))
  const periods = useQuery({ ...periodsQuery(agreement.id), enabled: has })
  const bought = useQuery({ ...blocksQuery(agreement.id), enabled: has })
  return (
    <>
      {has && use.data && (
        <Section
          title={terms.parts.hours}
          action={
            <Anchor href={statementUrl(agreement.id)} size="sm">
              {words.statement}
            </Anchor>
          }
        >
          <Gauge hours={agreement} total={use.data.total_hours ?? agreement.total_hours!} />
          {agreement.next_grant_on && (
            <Text size="sm" c="dimmed">
              {words.nextHours(formatDate(agreement.next_grant_on))}
            </Text>
          )}
        </Section>
      )}
      {periods.data && (
        <Chart
          title={words.used}
          rows={periods.data.items}
          category={{ header: words.periodStart, label: (period) => formatDate(period.period_start) }}
          series={series}
          format={(hours) => terms.hours(formatQuantity(hours))}
        />
      )}
      {bought.data && bought.data.items.length > 0 && (
        <Section title={words.bought} flush>
          <SmallTable
            label={words.bought}
            rows={bought.data.items}
            rowKey={(block) => block.id}
            columns={blockColumns}
          />
        </Section>
      )}
      {use.data && <Services use={use.data} coversAll={agreement.coverage === 'all'} />}
    </>
  )
}

function Services({ use, coversAll }: { use: Utilisation; coversAll: boolean }) {
  const hours = (value: string | null) => (value === null ? '—' : formatQuantity(value))
  return (
    <Section title={words.services} flush={use.services.length > 0}>
      {use.services.length === 0 && <Text size="sm">{coversAll ? words.allServices : '—'}</Text>}
      {use.services.length > 0 && (
        <SmallTable
          label={words.services}
          rows={use.services}
          rowKey={(row) => row.client_service_id ?? ''}
          columns={[
            { header: terms.services.service, cell: (row) => row.name },
            { header: terms.services.allocated, cell: (row) => hours(row.hours_allocated), align: 'right' },
            { header: terms.services.used, cell: (row) => hours(row.hours_used), align: 'right' },
            { header: terms.services.remaining, cell: (row) => hours(row.hours_remaining), align: 'right' },
          ]}
        />
      )}
    </Section>
  )
}

function Terms({ agreement }: { agreement: Agreement }) {
  return (
    <>
      <Section title={terms.parts.terms}>
        <Facts
          facts={[
            [terms.fields.number, agreement.number],
            [terms.fields.type, terms.types[agreement.type]],
            [
              terms.fields.term,
              words.period(
                formatDate(agreement.start_date),
                agreement.end_date && formatDate(agreement.end_date),
              ),
            ],
            [terms.fields.hours_overage, formatQuantity(agreement.hours_overage)],
          ]}
        />
      </Section>
      {agreement.scope && <LongText title={words.scope} text={agreement.scope} />}
      {agreement.exclusions && <LongText title={words.exclusions} text={agreement.exclusions} />}
    </>
  )
}

function LongText({ title, text }: { title: string; text: string }) {
  return (
    <Section title={title}>
      <Text size="sm" className={classes.how}>
        {text}
      </Text>
    </Section>
  )
}
