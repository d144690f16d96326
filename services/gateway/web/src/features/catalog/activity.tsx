import { listServiceActivity } from '@/api/gen'
import { Activity } from '@/shared/activity/Activity'
import { catalog } from '@/shared/i18n/en/catalog'
import { type Service, servicesKey } from './queries'

export function ServiceActivity({ service }: { service: Service }) {
  return (
    <Activity
      queryKey={[...servicesKey, 'activity', service.id]}
      labels={catalog.fields}
      fetchPage={(cursor, signal) =>
        listServiceActivity({
          path: { service_id: service.id },
          query: { cursor, page_size: 30 },
          signal,
        })
      }
    />
  )
}
