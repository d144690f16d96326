import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { catalog } from '@/shared/i18n/en/catalog'
import { common } from '@/shared/i18n/en/common'
import { TextLink } from '@/shared/Link'
import { notifyDone } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { ServiceForm } from './form'
import { valuesOf } from './formValues'
import { type Service, type ServiceBody, serviceQuery, useUpdateService } from './queries'

export function EditService() {
  const { serviceId } = useParams({ from: '/frame/catalog/$serviceId/edit' })
  const query = useQuery(serviceQuery(serviceId))
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  return <Editor service={query.data} />
}

function Editor({ service }: { service: Service }) {
  const navigate = useNavigate()
  const { mutateAsync } = useUpdateService(service)
  const params = { serviceId: service.id }

  async function save({ currency, ...body }: ServiceBody) {
    const saved = await mutateAsync(body)
    notifyDone(common.saved(saved.name))
    navigate({ to: '/catalog/$serviceId', params })
  }

  const back = (
    <TextLink to="/catalog/$serviceId" params={params} size="xs">
      ← {service.name}
    </TextLink>
  )
  return (
    <>
      <PageHeader
        title={catalog.editTitle(service.name)}
        above={<nav aria-label={service.name}>{back}</nav>}
      />
      <ServiceForm initial={valuesOf(service)} editing={service} onSave={save} />
    </>
  )
}
