import { Group, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { common } from '@/shared/i18n/en/common'
import classes from './PageHeader.module.css'

type Props = { title: string; badge?: ReactNode; above?: ReactNode; children?: ReactNode }

/** The top of a page: its one h1, which also names the browser tab, and its actions. */
export function PageHeader({ title, badge, above, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${common.product}`
  }, [title])
  return (
    <header>
      {above}
      <Group justify="space-between" mb="md" gap="sm" mih={34}>
        <Group gap="sm">
          <Title order={1}>{title}</Title>
          {badge}
        </Group>
        <Group gap={6} className={classes.actions}>
          {children}
        </Group>
      </Group>
    </header>
  )
}
