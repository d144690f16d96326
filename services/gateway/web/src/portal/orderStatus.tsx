import { Badge } from '@mantine/core'
import { portal } from '@/shared/i18n/en/portal'

const colors: Record<string, string> = { waiting_client: 'orange', resolved: 'evergreen', closed: 'gray' }

export function OrderStatus({ status }: { status: string }) {
  return <Badge color={colors[status] ?? 'blue'}>{portal.orders.statuses[status] ?? status}</Badge>
}
