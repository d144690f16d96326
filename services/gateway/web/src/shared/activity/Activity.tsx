/** What happened to one object, newest first, each with what it was before and after. */
import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Page } from '@/api/types'
import { formatInstant } from '@/shared/dates'
import { activity as words } from '@/shared/i18n/en/activity'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import classes from './Activity.module.css'
import { fieldName, shownValue } from './values'

export type ActivityEntry = {
  id: string
  occurred_at: string
  actor_name: string | null
  summary: string
  changes: Record<string, { before?: unknown; after?: unknown }>
}

type Props = {
  queryKey: readonly unknown[]
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<ActivityEntry>>
  /** Names of fields, where they are not simply their keys in words. */
  labels?: Record<string, string>
}

export function Activity({ queryKey, fetchPage, labels }: Props) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
  const entries = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Section title={words.title} flush>
      {query.isPending ? (
        <RowsSkeleton rows={5} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : entries.length === 0 ? (
        <Text c="dimmed" p="md" size="sm">
          {words.none}
        </Text>
      ) : (
        <ol className={classes.entries}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} labels={labels} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="subtle"
            size="compact-sm"
            loading={query.isFetchingNextPage}
            onClick={() => query.fetchNextPage()}
          >
            {words.more}
          </Button>
        </div>
      )}
    </Section>
  )
}

function Entry({ entry, labels }: { entry: ActivityEntry; labels?: Record<string, string> }) {
  const changes = Object.entries(entry.changes)
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <span>{entry.summary}</span>
        <Text span size="xs" c="dimmed" className={classes.when}>
          {entry.actor_name ?? words.system} ·{' '}
          <time dateTime={entry.occurred_at}>{formatInstant(entry.occurred_at)}</time>
        </Text>
      </div>
      {changes.length > 0 && (
        <details className={classes.changes}>
          <summary>{words.changes(changes.length)}</summary>
          <dl>
            {changes.map(([field, { before, after }]) => (
              <div key={field}>
                <dt>{labels?.[field] ?? fieldName(field)}</dt>
                <dd>
                  <del>{shownValue(before)}</del> → <ins>{shownValue(after)}</ins>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  )
}
