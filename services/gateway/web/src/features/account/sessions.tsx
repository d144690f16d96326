/** Where one is signed in, to be ended one by one or all together. */
import { Badge, Button, Group, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formatInstant } from '@/shared/dates'
import { account as words } from '@/shared/i18n/en/account'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { Section } from '@/shared/Section'
import { forgetSession } from '@/shared/session/session'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { deviceName } from './device'
import { end, endOthers, type Session, sessionsQuery, signOutEverywhere } from './queries'

const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)

const { fields } = words

export function Sessions() {
  const queries = useQueryClient()
  const query = useQuery(sessionsQuery)
  const [asked, setAsked] = useState(false)

  async function act(run: () => Promise<unknown>, done: string) {
    try {
      await run()
      notifyDone(done)
    } catch (error) {
      notifyError(error)
    } finally {
      await queries.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    }
  }

  const rows = query.data?.items ?? []
  const others = rows.length > 1
  return (
    <Section
      title={words.parts.sessions}
      flush
      action={
        <Group gap="xs">
          {others && (
            <Button variant="default" onClick={() => act(endOthers, words.endedOthers)}>
              {words.endOthers}
            </Button>
          )}
          <Button variant="default" onClick={() => setAsked(true)}>
            {words.everywhere}
          </Button>
        </Group>
      }
    >
      {query.isPending ? (
        <RowsSkeleton rows={2} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : (
        <SmallTable
          label={words.parts.sessions}
          columns={columns((session) => act(() => end(session), words.ended(deviceName(session.user_agent))))}
          rows={rows}
          rowKey={(session) => session.id}
        />
      )}
      {query.isSuccess && !others && (
        <Text size="sm" c="dimmed" px="md" py="xs">
          {words.noOthers}
        </Text>
      )}
      {asked && <SignOutEverywhere onClose={() => setAsked(false)} />}
    </Section>
  )
}

function columns(onEnd: (session: Session) => void): SmallColumn<Session>[] {
  return [
    {
      header: fields.device,
      cell: (session) => (
        <>
          {deviceName(session.user_agent)} {session.current && <Badge ml={4}>{words.thisSession}</Badge>}
        </>
      ),
    },
    { header: fields.address, cell: (session) => session.address },
    { header: fields.created_at, cell: (session) => formatInstant(session.created_at) },
    { header: fields.last_seen_at, cell: (session) => formatInstant(session.last_seen_at) },
    {
      header: words.end,
      align: 'right',
      cell: (session) =>
        session.current ? null : (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={words.endOf(deviceName(session.user_agent))}
            onClick={() => onEnd(session)}
          >
            {words.end}
          </Button>
        ),
    },
  ]
}

function SignOutEverywhere({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)

  async function run() {
    setBusy(true)
    try {
      await signOutEverywhere()
      forgetSession(queries)
      navigate({ to: '/login' })
    } catch (error) {
      notifyError(error)
      onClose()
    }
  }

  return (
    <ConfirmDialog
      title={words.everywhereTitle}
      text={words.everywhereText}
      action={words.everywhere}
      danger
      busy={busy}
      onConfirm={run}
      onClose={onClose}
    />
  )
}
