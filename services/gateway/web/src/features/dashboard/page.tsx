import { Alert, Box, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { InvoiceRows } from '@/features/invoices/rows'
import { dashboard } from '@/shared/i18n/en/dashboard'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { Alerts } from './alerts'
import { Counts } from './counts'
import classes from './dashboard.module.css'
import { MoneyTable } from './money'
import { type Dashboard, dashboardQuery } from './queries'

const MyDay = lazyPart(async () => (await import('@/features/timeSheets/myDay')).MyDay)

export function DashboardPage() {
  const mayLog = useMay('time.write')
  const mayInvoices = useMay('invoices.read')
  const query = useQuery(dashboardQuery)
  return (
    <>
      <PageHeader title={dashboard.title} />
      {mayLog && !mayInvoices && (
        <Box mb="md">
          <MyDay />
        </Box>
      )}
      {query.isPending ? (
        <PageSkeleton />
      ) : query.data ? (
        <Figures data={query.data} />
      ) : (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      )}
    </>
  )
}

function Figures({ data }: { data: Dashboard }) {
  const mayInvoices = useMay('invoices.read')
  return (
    <Stack gap="md">
      {data.unavailable.length > 0 && (
        <Alert color="yellow" role="status">
          {dashboard.unavailable(data.unavailable.join(', '))}
        </Alert>
      )}
      <Counts counts={data.counts} />
      {mayInvoices ? (
        <div className={classes.columns}>
          <Stack gap="md">
            {data.money.length > 0 && <MoneyTable money={data.money} />}
            <Recent invoices={data.recent_invoices} />
          </Stack>
          <Alerts alerts={data.alerts} />
        </div>
      ) : (
        <Alerts alerts={data.alerts} />
      )}
    </Stack>
  )
}

function Recent({ invoices }: { invoices: Dashboard['recent_invoices'] }) {
  return (
    <Section title={dashboard.recent} flush>
      {invoices.length > 0 ? (
        <InvoiceRows label={dashboard.recent} invoices={invoices} withClient />
      ) : (
        <Text c="dimmed" p="md" size="sm">
          {dashboard.noInvoices}
        </Text>
      )}
    </Section>
  )
}
