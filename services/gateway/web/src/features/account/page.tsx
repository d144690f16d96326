/** One's own account. Staff and client users have the same page. */
import { Stack } from '@mantine/core'
import { Facts } from '@/shared/Facts'
import { account as words } from '@/shared/i18n/en/account'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { useUser } from '@/shared/session/useUser'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'

const PasswordForm = lazyPart(
  async () => (await import('./passwordForm')).PasswordForm,
  <RowsSkeleton rows={4} />,
)
const Sessions = lazyPart(async () => (await import('./sessions')).Sessions, <RowsSkeleton rows={3} />)
const OwnApiKeys = lazyPart(
  async () => (await import('@/features/apiKeys/own')).OwnApiKeys,
  <RowsSkeleton rows={2} />,
)

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
