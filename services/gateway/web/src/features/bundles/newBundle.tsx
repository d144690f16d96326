import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Crumbs } from '@/shared/Crumbs'
import { bundles as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { BundleEditor } from './editor'
import { type BundleBody, createOne, keepBundle } from './queries'

export function NewBundle() {
  const queries = useQueryClient()
  const navigate = useNavigate()

  async function save(body: BundleBody) {
    const bundle = await createOne(body)
    keepBundle(queries, bundle)
    notifyDone(common.created(bundle.name))
    navigate({ to: '/catalog/bundles/$bundleId', params: { bundleId: bundle.id } })
  }

  return (
    <>
      <PageHeader title={words.new} above={<Crumbs to="/catalog/bundles" label={words.title} />} />
      <BundleEditor bundle={null} onSave={save} />
    </>
  )
}
