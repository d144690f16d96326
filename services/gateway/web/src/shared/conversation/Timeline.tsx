/** Notes, changes of status and logged time of one work order, newest first. */
import { Badge, Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { formatInstant } from '@/shared/dates'
import { conversation as words } from '@/shared/i18n/en/conversation'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import classes from './conversation.module.css'
import { AttachmentLinks } from './Files'
import { fetchTimeline, type TimelineEntry } from './queries'

type Props = {
  orderId: string
  queryKey: readonly unknown[]
  /** What an entry without a note says. */
  describe: (entry: TimelineEntry) => ReactNode
  /** Staff see which notes the client sees. */
  marksAudience?: boolean
}

export function Timeline({ orderId, queryKey, describe, marksAudience = false }: Props) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchTimeline(orderId, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
  const entries = query.data?.pages.flatMap((page) => page.items) ?? []
  if (query.isPending) return <RowsSkeleton rows={4} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  if (entries.length === 0)
    return (
      <Text c="dimmed" px="md" pb="md" size="sm">
        {words.none}
      </Text>
    )
  return (
    <>
      <ol className={classes.entries} aria-label={words.entries}>
        {entries.map((entry) => (
          <Entry
            key={entry.id}
            orderId={orderId}
            entry={entry}
            describe={describe}
            marksAudience={marksAudience}
          />
        ))}
      </ol>
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
    </>
  )
}

type EntryProps = Pick<Props, 'describe' | 'orderId'> & { entry: TimelineEntry; marksAudience: boolean }

function Entry({ orderId, entry, describe, marksAudience }: EntryProps) {
  const { note, attachment } = entry
  const written = note ?? attachment
  return (
    <li className={classes.entry} data-internal={(marksAudience && written && !written.visible) || undefined}>
      <div className={classes.head}>
        <span className={classes.who}>
          <Text span fw={570} size="sm">
            {entry.by_name || words.somebody}
          </Text>
          {written && marksAudience && <Audience of={written} />}
          {!note && <span>{attachment ? words.attached : describe(entry)}</span>}
        </span>
        <Text span size="xs" c="dimmed" className={classes.when}>
          <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
        </Text>
      </div>
      {note && <p className={classes.text}>{note.text}</p>}
      <AttachmentLinks orderId={orderId} files={note?.attachments ?? (attachment ? [attachment] : [])} />
    </li>
  )
}

function Audience({ of }: { of: { visible: boolean | null; by_client: boolean } }) {
  if (of.by_client) return <Badge color="blue">{words.byClient}</Badge>
  return of.visible ? (
    <Badge color="evergreen">{words.visible}</Badge>
  ) : (
    <Badge color="yellow">{words.internal}</Badge>
  )
}
