/** When the mailbox was last read, and why it cannot be read now. */
import { Alert, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatInstant } from '@/shared/dates'
import { incomingMail } from '@/shared/i18n/en/incomingMail'
import { mailboxQuery } from './queries'

const words = incomingMail.mailbox

export function MailboxState() {
  const mailbox = useQuery(mailboxQuery).data
  if (!mailbox) return null
  if (!mailbox.configured)
    return (
      <Alert color="yellow" mb="md">
        {words.off}
      </Alert>
    )
  if (mailbox.error)
    return (
      <Alert color="red" mb="md" title={words.failing(formatInstant(mailbox.failing_since))}>
        {mailbox.error}
      </Alert>
    )
  return (
    <Text size="sm" c="dimmed" mb="md">
      {mailbox.polled_at ? words.read(formatInstant(mailbox.polled_at)) : words.notYet}
    </Text>
  )
}
