import { Text, Title } from '@mantine/core'
import { IconTrees } from '@tabler/icons-react'
import { common } from '@/shared/i18n/en/common'
import classes from './LoginCard.module.css'
import { LoginForm } from './LoginForm'
import type { User } from './session'

type Props = { title: string; lead: string; onSignedIn: (user: User) => void }

export function LoginCard({ title, lead, onSignedIn }: Props) {
  return (
    <main className={classes.page} id="main">
      <div className={classes.card}>
        <div className={classes.brand}>
          <IconTrees aria-hidden size={26} stroke={1.8} />
          <span>{common.product}</span>
        </div>
        <Title order={1} mb={4}>
          {title}
        </Title>
        <Text c="dimmed" mb="lg">
          {lead}
        </Text>
        <LoginForm onSignedIn={onSignedIn} />
      </div>
    </main>
  )
}
