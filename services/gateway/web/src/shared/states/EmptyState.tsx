import { Text, Title } from '@mantine/core'
import { IconLeaf } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './states.module.css'

type Props = { title: string; text?: string; action?: ReactNode }

export function EmptyState({ title, text, action }: Props) {
  return (
    <div className={classes.state}>
      <IconLeaf aria-hidden size={32} stroke={1.3} />
      <Title order={2}>{title}</Title>
      {text && (
        <Text c="dimmed" maw="30rem">
          {text}
        </Text>
      )}
      {action}
    </div>
  )
}
