import { Group, Title } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { usePageTitle } from './focus'
import classes from './PageHeader.module.css'

type Props = { title: string; badge?: ReactNode; above?: ReactNode; children?: ReactNode }

/** The top of a page: its one h1, which also names the browser tab, and its actions. Focus comes here when one navigates. */
export function PageHeader({ title, badge, above, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  usePageTitle(title, heading)
  return (
    <header>
      {above}
      <Group justify="space-between" mb="md" gap="sm" mih={34}>
        <Group gap="sm">
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {badge}
        </Group>
        <Group gap={6} className={classes.actions}>
          {children}
        </Group>
      </Group>
    </header>
  )
}
