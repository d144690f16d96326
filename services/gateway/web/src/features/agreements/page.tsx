import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Crumbs } from '@/shared/Crumbs'
import { agreements as words } from '@/shared/i18n/en/agreements'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { Actions } from './actions'
import { AgreementStatus, DefaultBadge } from './columns'
import { Overview } from './overview'
import { type Agreement, agreementQuery } from './queries'

const Services = lazyPart(async () => (await import('./services')).Services, <PageSkeleton />)
const Hours = lazyPart(async () => (await import('./hours')).Hours, <PageSkeleton />)
const Work = lazyPart(async () => (await import('./work')).Work, <PageSkeleton />)
const Terms = lazyPart(async () => (await import('./terms')).Terms, <PageSkeleton />)
const Documents = lazyPart(
  async () => (await import('@/features/agreementDocuments/documents')).Documents,
  <PageSkeleton />,
)
const AgreementActivity = lazyPart(
  async () => (await import('./activity')).AgreementActivity,
  <PageSkeleton />,
)

const allTabs = Object.keys(words.tabs) as (keyof typeof words.tabs)[]

export function AgreementPage() {
  const { agreementId } = useParams({ from: '/frame/agreements/$agreementId' })
  const query = useQuery(agreementQuery(agreementId))
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  return <Loaded agreement={query.data} />
}

function Loaded({ agreement }: { agreement: Agreement }) {
  const { tab } = useSearch({ strict: false }) as { tab?: string }
  const navigate = useNavigate()
  const mayActivity = useMay('activity.read')
  const mayMoney = useMay('money.read')
  const mayTerms = mayMoney && agreement.terms_from !== null
  const hasHours = agreement.total_hours !== null
  const tabs = allTabs.filter(
    (name) =>
      (name !== 'hours' || hasHours) &&
      (name !== 'activity' || mayActivity) &&
      (name !== 'documents' || mayMoney) &&
      (name !== 'terms' || mayTerms),
  )
  const current = tabs.find((name) => name === tab) ?? 'overview'
  const open = (name: string | null) =>
    navigate({ to: '.', search: (name === 'overview' ? {} : { tab: name }) as never, resetScroll: false })

  return (
    <>
      <PageHeader
        title={agreement.name}
        badge={
          <>
            <AgreementStatus status={agreement.status} />
            <DefaultBadge agreement={agreement} />
          </>
        }
        above={<Crumbs to="/agreements" label={words.title} />}
      >
        <Actions agreement={agreement} />
      </PageHeader>
      <Tabs value={current} onChange={open} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {words.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview agreement={agreement} />
        </Tabs.Panel>
        <Tabs.Panel value="services">
          <Services agreement={agreement} />
        </Tabs.Panel>
        <Tabs.Panel value="hours">
          <Hours agreement={agreement} />
        </Tabs.Panel>
        <Tabs.Panel value="work">
          <Work agreement={agreement} />
        </Tabs.Panel>
        <Tabs.Panel value="documents">
          <Documents agreement={agreement} />
        </Tabs.Panel>
        <Tabs.Panel value="terms">
          <Terms agreement={agreement} />
        </Tabs.Panel>
        <Tabs.Panel value="activity">
          <AgreementActivity agreement={agreement} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
