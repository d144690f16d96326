import { Badge } from '@mantine/core'
import { rates } from '@/shared/i18n/en/rates'
import type { ClientService } from './queries'

const faces = {
  excluded: { color: 'gray', text: rates.badges.excluded },
  service: { color: 'orange', text: rates.badges.service },
  custom: { color: 'blue', text: rates.badges.custom },
  default: { color: 'evergreen', text: rates.badges.default },
}

export function kindOf(
  row: Pick<ClientService, 'included' | 'is_custom' | 'custom_rate'>,
): keyof typeof faces {
  if (!row.included) return 'excluded'
  if (row.is_custom) return 'service'
  return row.custom_rate !== null ? 'custom' : 'default'
}

/** Where a client's rate comes from, in words as well as colour. */
export function RateBadge({ row }: { row: Parameters<typeof kindOf>[0] }) {
  const face = faces[kindOf(row)]
  return <Badge color={face.color}>{face.text}</Badge>
}
