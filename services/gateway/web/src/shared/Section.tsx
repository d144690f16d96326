import { Group, Paper, Title } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { title: string; action?: ReactNode; flush?: boolean; children: ReactNode }

/** A titled part of a page; `flush` lets a table reach the edges. */
export function Section({ title, action, flush, children }: Props) {
  return (
    <Paper component="section" aria-label={title} style={{ overflow: 'clip' }}>
      <Group justify="space-between" px="md" pt="sm" pb={flush ? 'xs' : 0} mih={40}>
        <Title order={2}>{title}</Title>
        {action}
      </Group>
      <div style={{ padding: flush ? 0 : '0.75rem 1rem 1rem' }}>{children}</div>
    </Paper>
  )
}
