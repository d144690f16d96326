/** The organisation's settings, one section a tab. */
import { Alert, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { AdministrationSections } from '@/features/users/sections'
import { Activity } from '@/shared/activity/Activity'
import { settings as words } from '@/shared/i18n/en/settings'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { EmailForm } from './email'
import { HoursForm } from './hours'
import { InvoicesForm } from './invoices'
import { OrganisationForm } from './organisation'
import { PaymentForm } from './payment'
import { fetchHistory, historyKey, type Settings, settingsQuery } from './queries'
import { RegionForm } from './region'
import { WorkForm } from './work'

type Tab = keyof typeof words.tabs
const tabs = Object.keys(words.tabs) as Tab[]

export function SettingsPage() {
  const query = useQuery(settingsQuery)
  return (
    <>
      <PageHeader title={words.title} />
      <AdministrationSections />
      {query.data ? (
        <Sections settings={query.data} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  )
}

function Sections({ settings }: { settings: Settings }) {
  const { tab } = useSearch({ strict: false }) as { tab?: string }
  const navigate = useNavigate()
  const mayWrite = useMay('settings.write')
  const current = tabs.find((name) => name === tab) ?? 'organisation'
  const open = (name: string | null) =>
    navigate({ to: '.', search: (name === 'organisation' ? {} : { tab: name }) as never, resetScroll: false })

  return (
    <>
      <Text size="sm" c="dimmed" mb="md">
        {words.lead}
      </Text>
      {!mayWrite && (
        <Alert color="blue" mb="md">
          {words.readOnly}
        </Alert>
      )}
      <Tabs value={current} onChange={open} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {words.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="organisation">
          <OrganisationForm settings={settings} />
        </Tabs.Panel>
        <Tabs.Panel value="region">
          <RegionForm settings={settings} />
        </Tabs.Panel>
        <Tabs.Panel value="hours">
          <HoursForm settings={settings} />
        </Tabs.Panel>
        <Tabs.Panel value="invoices">
          <InvoicesForm settings={settings} />
        </Tabs.Panel>
        <Tabs.Panel value="payment">
          <PaymentForm settings={settings} />
        </Tabs.Panel>
        <Tabs.Panel value="email">
          <EmailForm settings={settings} />
        </Tabs.Panel>
        <Tabs.Panel value="work">
          <WorkForm settings={settings} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <Activity queryKey={historyKey} labels={words.fields} fetchPage={fetchHistory} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
