import { Button, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Crumbs } from '@/shared/Crumbs'
import { catalog } from '@/shared/i18n/en/catalog'
import { common } from '@/shared/i18n/en/common'
import { ButtonLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { StatusBadge } from '@/shared/StatusBadge'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { Overview } from './overview'
import { type Service, serviceQuery } from './queries'
import { ServiceMenu, useServiceArchiving } from './serviceMenu'

const Prices = lazyPart(async () => (await import('./prices')).Prices, <PageSkeleton />)
const UsedBy = lazyPart(async () => (await import('./usedBy')).UsedBy, <PageSkeleton />)
const ServiceActivity = lazyPart(async () => (await import('./activity')).ServiceActivity, <PageSkeleton />)

const allTabs = Object.keys(catalog.tabs) as (keyof typeof catalog.tabs)[]

export function ServicePage() {
  const { serviceId } = useParams({ from: '/frame/catalog/$serviceId' })
  const query = useQuery(serviceQuery(serviceId))
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  return <Loaded service={query.data} />
}

function Loaded({ service }: { service: Service }) {
  const { tab } = useSearch({ strict: false }) as { tab?: string }
  const navigate = useNavigate()
  const mayMoney = useMay('money.read')
  const mayAudit = useMay('activity.read')
  const tabs = allTabs.filter((name) => (name !== 'prices' || mayMoney) && (name !== 'activity' || mayAudit))
  const current = tabs.find((name) => name === tab) ?? 'overview'
  const open = (name: string | null) =>
    navigate({ to: '.', search: (name === 'overview' ? {} : { tab: name }) as never, resetScroll: false })

  return (
    <>
      <PageHeader
        title={service.name}
        badge={<StatusBadge status={service.status} />}
        above={<Crumbs to="/catalog" label={catalog.title} />}
      >
        <Actions service={service} />
      </PageHeader>
      <Tabs value={current} onChange={open} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {catalog.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="prices">
          <Prices service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="clients">
          <UsedBy service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="activity">
          <ServiceActivity service={service} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

function Actions({ service }: { service: Service }) {
  const navigate = useNavigate()
  const restore = useServiceArchiving(service)
  if (!useMay('catalog.write')) return null
  return (
    <>
      <ButtonLink variant="default" to="/catalog/$serviceId/edit" params={{ serviceId: service.id }}>
        {common.edit}
      </ButtonLink>
      {service.status === 'archived' && (
        <Button variant="default" onClick={restore}>
          {common.restore}
        </Button>
      )}
      <ServiceMenu service={service} variant="default" onGone={() => navigate({ to: '/catalog' })} />
    </>
  )
}
