import { Alert, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Crumbs } from '@/shared/Crumbs'
import { clients } from '@/shared/i18n/en/clients'
import { merging } from '@/shared/i18n/en/merging'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { ClientActions } from './clientActions'
import { ClientStatus } from './columns'
import { Overview } from './overview'
import { type Client, clientQuery } from './queries'

const RateEditor = lazyPart(
  async () => (await import('@/features/rates/editor')).RateEditor,
  <PageSkeleton />,
)
const ClientAgreements = lazyPart(
  async () => (await import('@/features/agreements/ofClient')).ClientAgreements,
  <PageSkeleton />,
)
const BillingForm = lazyPart(async () => (await import('./billingForm')).BillingForm, <PageSkeleton />)
const Contacts = lazyPart(async () => (await import('./contacts')).Contacts, <PageSkeleton />)
const Locations = lazyPart(async () => (await import('./locations')).Locations, <PageSkeleton />)
const Assets = lazyPart(async () => (await import('./assets')).Assets, <PageSkeleton />)
const ClientActivity = lazyPart(async () => (await import('./activity')).ClientActivity, <PageSkeleton />)
const ClientWork = lazyPart(
  async () => (await import('@/features/workOrders/clientWork')).ClientWork,
  <PageSkeleton />,
)
const Notes = lazyPart(async () => (await import('./notes')).Notes, <PageSkeleton />)

const allTabs = Object.keys(clients.tabs) as (keyof typeof clients.tabs)[]

export function ClientPage() {
  const { clientId } = useParams({ from: '/frame/clients/$clientId' })
  const query = useQuery(clientQuery(clientId))
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  return <Loaded client={query.data} />
}

function Loaded({ client }: { client: Client }) {
  const { tab } = useSearch({ strict: false }) as { tab?: string }
  const navigate = useNavigate()
  const mayMoney = useMay('money.read')
  const mayActivity = useMay('activity.read')
  const hidden = { billing: !mayMoney, activity: !mayActivity } as Record<string, boolean>
  const tabs = allTabs.filter((name) => !hidden[name])
  const current = tabs.find((name) => name === tab) ?? 'overview'
  const open = (name: string | null) =>
    navigate({ to: '.', search: (name === 'overview' ? {} : { tab: name }) as never, resetScroll: false })

  return (
    <>
      <PageHeader
        title={client.name}
        badge={<ClientStatus status={client.status} />}
        above={<Crumbs to="/clients" label={clients.title} />}
      >
        <ClientActions client={client} />
      </PageHeader>
      {client.merged_into_id && (
        <Alert color="orange" mb="md">
          {merging.into}{' '}
          <TextLink to="/clients/$clientId" params={{ clientId: client.merged_into_id }}>
            {merging.open}
          </TextLink>
        </Alert>
      )}
      <Tabs value={current} onChange={open} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {clients.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="services">
          <RateEditor client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="agreements">
          <ClientAgreements clientId={client.id} />
        </Tabs.Panel>
        <Tabs.Panel value="work">
          <ClientWork client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="billing">
          <BillingForm client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="contacts">
          <Contacts client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="locations">
          <Locations client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="assets">
          <Assets client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="notes">
          <Notes client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="activity">
          <ClientActivity client={client} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
