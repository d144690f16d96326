import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Crumbs } from '@/shared/Crumbs'
import { catalog } from '@/shared/i18n/en/catalog'
import { notifyDone } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { ServiceForm } from './form'
import { fresh } from './formValues'
import { createOne, keepService, type ServiceBody } from './queries'

export function NewService() {
  const queries = useQueryClient()
  const navigate = useNavigate()

  async function save(body: ServiceBody) {
    const service = await createOne(body)
    keepService(queries, service)
    notifyDone(catalog.created(service.name))
    navigate({ to: '/catalog/$serviceId', params: { serviceId: service.id } })
  }

  return (
    <>
      <PageHeader title={catalog.new} above={<Crumbs to="/catalog" label={catalog.title} />} />
      <ServiceForm initial={fresh} onSave={save} />
    </>
  )
}
