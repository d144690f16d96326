import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Crumbs } from '@/shared/Crumbs'
import { bundles as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { StatusBadge } from '@/shared/StatusBadge'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { BundleMenu } from './menu'
import { type Bundle, type BundleBody, bundleQuery, keepBundle, updateOne } from './queries'

const BundleEditor = lazyPart(async () => (await import('./editor')).BundleEditor, <PageSkeleton />)

export function BundlePage() {
  const { bundleId } = useParams({ from: '/frame/catalog/bundles/$bundleId' })
  const query = useQuery(bundleQuery(bundleId))
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  return <Loaded bundle={query.data} />
}

function Loaded({ bundle }: { bundle: Bundle }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const mayWrite = useMay('catalog.write')

  async function save(body: BundleBody) {
    try {
      keepBundle(queries, await updateOne(bundle, body))
      notifyDone(common.saved(body.name ?? bundle.name))
    } catch (error) {
      // stale or refused: show what is true now, so that the next attempt starts from it
      queries.invalidateQueries({ queryKey: bundleQuery(bundle.id).queryKey })
      throw error
    }
  }

  return (
    <>
      <PageHeader
        title={bundle.name}
        badge={<StatusBadge status={bundle.status} />}
        above={<Crumbs to="/catalog/bundles" label={words.title} />}
      >
        {mayWrite && (
          <BundleMenu bundle={bundle} variant="default" onGone={() => navigate({ to: '/catalog/bundles' })} />
        )}
      </PageHeader>
      <BundleEditor bundle={bundle} onSave={save} />
    </>
  )
}
