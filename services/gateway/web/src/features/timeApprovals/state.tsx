import { Badge, Text } from '@mantine/core'
import { timeApprovals as words } from '@/shared/i18n/en/timeApprovals'

const COLORS: Record<string, string> = { pending: 'yellow', approved: 'evergreen', returned: 'red' }

type Props = { entry: { approval: string | null; approval_reason: string | null } }

/** The state of approval with the reason of a return; nothing for time that needs none. */
export function ApprovalState({ entry }: Props) {
  const { approval, approval_reason } = entry
  if (!approval) return null
  return (
    <>
      <Badge color={COLORS[approval] ?? 'gray'}>{words.states[approval] ?? approval}</Badge>
      {approval_reason && (
        <Text size="xs" c="var(--mantine-color-error)">
          {words.why(approval_reason)}
        </Text>
      )}
    </>
  )
}
