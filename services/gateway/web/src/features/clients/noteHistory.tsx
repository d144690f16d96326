/** Every wording a note has had, the newest first. */
import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatInstant } from '@/shared/dates'
import { Dialog } from '@/shared/form/Dialog'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { type Note, noteVersionsQuery } from './parts'
import classes from './parts.module.css'

const words = clientParts.notes

export function NoteHistory({ note, onClose }: { note: Note; onClose: () => void }) {
  const query = useQuery(noteVersionsQuery(note))
  return (
    <Dialog onClose={onClose} title={words.historyOf(note.title ?? words.untitled)} size="lg">
      {query.isPending ? (
        <RowsSkeleton rows={3} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : (
        <Stack gap="md">
          {query.data.items.map((version) => (
            <section key={version.number} aria-label={words.version(version.number)}>
              <Text size="xs" c="dimmed">
                {words.version(version.number)} · {version.edited_by_name} ·{' '}
                {formatInstant(version.edited_at)}
              </Text>
              {version.title && (
                <Text size="sm" fw={570}>
                  {version.title}
                </Text>
              )}
              <Text size="sm" className={classes.body}>
                {version.body}
              </Text>
            </section>
          ))}
        </Stack>
      )}
    </Dialog>
  )
}
