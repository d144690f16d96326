/** What one run made: each client's invoice, and what was parked and why. */
import { Alert, Stack } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { refreshMoney } from '@/features/payments/queries'
import { Crumbs } from '@/shared/Crumbs'
import { formatDate, formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { invoiceRuns as words } from '@/shared/i18n/en/invoiceRuns'
import { TextLink } from '@/shared/Link'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { isOpen, TaskProgress } from '@/shared/TaskProgress'
import { ClientParts, RunWarnings } from './parts'
import { type Run, runQuery } from './queries'

const { fields } = words

export function RunPage() {
  const { runId } = useParams({ from: '/frame/invoice-runs/$runId' })
  const query = useQuery(runQuery(runId))
  useRefreshOnceFinished(query.data)
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  const run = query.data
  const day = formatDate(run.as_of)
  const parts = run.detail?.clients ?? []
  return (
    <>
      <PageHeader
        title={run.dry_run ? words.previewOf(day) : words.runOf(day)}
        above={<Crumbs to="/invoice-runs" label={words.title} />}
      />
      <Stack gap="md">
        {run.status === 'failed' && (
          <Alert color="red" title={words.failed}>
            {run.error}
          </Alert>
        )}
        {isOpen(run) && <TaskProgress work={run} label={words.runOf(day)} />}
        <RunWarnings run={run} />
        <Section title={words.sums}>
          <Counts run={run} />
        </Section>
        {parts.length > 0 && (
          <Section title={fields.clients} flush>
            <ClientParts parts={parts} />
          </Section>
        )}
      </Stack>
    </>
  )
}

/** The money that other pages show has changed once a run is finished. */
function useRefreshOnceFinished(run: Run | undefined) {
  const queries = useQueryClient()
  const open = isOpen(run)
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !open) {
      void refreshMoney(queries)
      void queries.invalidateQueries({ queryKey: ['billable-items'] })
    }
    wasOpen.current = open
  }, [open, queries])
}

function Counts({ run }: { run: Run }) {
  const count = (name: string) => (run.counts[name] ?? 0).toLocaleString('en-US')
  const parked = run.counts.parked ? (
    <TextLink key="parked" to="/billable-items" search={{ status: 'parked' } as never} fz="sm">
      {count('parked')}
    </TextLink>
  ) : (
    count('parked')
  )
  return (
    <Facts
      facts={[
        [fields.started_at, formatInstant(run.started_at)],
        [fields.invoices, count('invoices')],
        [fields.items, count('items')],
        [fields.parked, parked],
        [fields.skipped, count('skipped')],
        [fields.without_email, count('without_email')],
      ]}
    />
  )
}
