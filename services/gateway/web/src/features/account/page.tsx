/** One's own account. Staff and client users have the same page. */
import { Stack } from '@mantine/core'
import { OwnApiKeys } from '@/features/apiKeys/own'
import { Facts } from '@/shared/Facts'
import { account as words } from '@/shared/i18n/en/account'
import { common } from '@/shared/i18n/en/common'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { useUser } from '@/shared/session/useUser'
import { PasswordForm } from './passwordForm'
import { Sessions } from './sessions'

export function AccountPage() {
  const user = useUser()
  if (!user) return null
  return (
    <>
      <PageHeader title={words.title} />
      <Stack gap="md">
        <Section title={words.parts.profile}>
          <Facts
            facts={[
              [words.fields.name, user.name],
              [words.fields.email, user.email],
              [words.fields.role, common.roles[user.role] ?? user.role],
            ]}
          />
        </Section>
        <PasswordForm email={user.email} />
        <Sessions />
        <OwnApiKeys />
      </Stack>
    </>
  )
}
