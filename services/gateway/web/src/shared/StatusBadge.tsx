import { Badge } from '@mantine/core'
import { common } from '@/shared/i18n/en/common'

/** Of what is either active or archived. */
export function StatusBadge({ status }: { status: string }) {
  return <Badge color={status === 'active' ? 'evergreen' : 'gray'}>{common.status[status] ?? status}</Badge>
}
