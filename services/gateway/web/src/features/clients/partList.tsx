/** The frame of a tab that lists what belongs to a client: adding, waiting, nothing there, what went wrong. */
import { Button, Group, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Page } from '@/api/types'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import classes from './parts.module.css'

type Props<T> = {
  title: string
  query: UseQueryResult<Page<T>>
  empty: string
  add?: { label: string; onClick: () => void } | false
  tools?: ReactNode
  row: (one: T) => ReactNode
}

export function PartList<T extends { id: string }>({ title, query, empty, add, tools, row }: Props<T>) {
  const button = add && (
    <Button variant="default" leftSection={<IconPlus aria-hidden size={15} />} onClick={add.onClick}>
      {add.label}
    </Button>
  )
  return (
    <Section
      title={title}
      action={
        <Group gap="sm">
          {tools}
          {button}
        </Group>
      }
      flush
    >
      {query.isPending ? (
        <RowsSkeleton rows={3} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Text c="dimmed" p="md" size="sm">
          {empty}
        </Text>
      ) : (
        <>
          <ul className={classes.list}>
            {query.data.items.map((one) => (
              <li key={one.id} className={classes.row}>
                {row(one)}
              </li>
            ))}
          </ul>
          {query.data.total !== null && query.data.total > query.data.items.length && (
            <Text c="dimmed" p="md" size="xs">
              {clientParts.more(query.data.items.length, query.data.total)}
            </Text>
          )}
        </>
      )}
    </Section>
  )
}
