import { listClientActivity } from '@/api/gen'
import { Activity } from '@/shared/activity/Activity'
import { clients } from '@/shared/i18n/en/clients'
import { type Client, clientsKey } from './queries'

export function ClientActivity({ client }: { client: Client }) {
  return (
    <Activity
      queryKey={[...clientsKey, 'activity', client.id]}
      labels={clients.fields}
      fetchPage={(cursor, signal) =>
        listClientActivity({
          path: { client_id: client.id },
          query: { cursor, page_size: 30 },
          signal,
        })
      }
    />
  )
}
