/** Clients that may be one and the same, the likeliest first, each pair with why. */
import { Badge, Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type * as gen from '@/api/gen'
import { listDuplicateClients } from '@/api/gen'
import { formatInstant } from '@/shared/dates'
import { merging as words } from '@/shared/i18n/en/merging'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { EmptyState } from '@/shared/states/EmptyState'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { ClientStatus } from './columns'
import classes from './parts.module.css'
import { clientsKey } from './queries'
import { ClientSections } from './sections'

const MergeDialog = lazyPart(async () => (await import('./mergeDialog')).MergeDialog)

type Candidate = gen.Candidate
type Named = Candidate['client']
type Chosen = { keep: Named; drop: Named }

export function Duplicates() {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const query = useQuery({
    queryKey: [...clientsKey, 'duplicates'],
    queryFn: ({ signal }) => listDuplicateClients({ query: { limit: 100 }, signal }),
  })
  return (
    <>
      <PageHeader title={words.title} />
      <ClientSections />
      <Section title={words.title} flush>
        {query.isPending ? (
          <RowsSkeleton />
        ) : query.isError ? (
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        ) : query.data.items.length === 0 ? (
          <EmptyState {...words.none} />
        ) : (
          <>
            <Text size="sm" c="dimmed" px="md" pb="sm">
              {words.lead}
            </Text>
            <ul className={classes.list}>
              {query.data.items.map((pair) => (
                <li key={pair.client.id + pair.duplicate.id} className={classes.row}>
                  <Pair pair={pair} onChoose={setChosen} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>
      {chosen && (
        <MergeDialog
          client={{ ...chosen.keep, currency: 'USD' }}
          duplicateId={chosen.drop.id}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  )
}

function Pair({ pair, onChoose }: { pair: Candidate; onChoose: (chosen: Chosen) => void }) {
  const mayWrite = useMay('clients.write')
  const sides: [Named, Named][] = [
    [pair.client, pair.duplicate],
    [pair.duplicate, pair.client],
  ]
  return (
    <div className={classes.spread}>
      {sides.map(([keep, drop]) => (
        <div key={keep.id}>
          <Group gap={6}>
            <TextLink to="/clients/$clientId" params={{ clientId: keep.id }} fw={550}>
              {keep.name}
            </TextLink>
            <ClientStatus status={keep.status} />
          </Group>
          <Text size="xs" c="dimmed">
            {formatInstant(keep.created_at)}
          </Text>
          {mayWrite && (
            <Button size="compact-xs" variant="default" mt={4} onClick={() => onChoose({ keep, drop })}>
              {words.keep(keep.name)}
            </Button>
          )}
        </div>
      ))}
      <Group gap={4}>
        {pair.reasons.map((reason) => (
          <Badge key={reason.kind} color="gray" title={reason.value}>
            {words.reasons[reason.kind] ?? reason.kind}
          </Badge>
        ))}
      </Group>
      <Badge color={pair.score >= 60 ? 'orange' : 'yellow'}>{words.likeness(pair.score)}</Badge>
    </div>
  )
}
