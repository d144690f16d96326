/**
 * A client's rate card as one thing to edit: every service on the left with the rate it would have, the chosen one's
 * details on the right. Nothing is sent before Save, which sends the whole card or nothing.
 */
import { Drawer, Paper, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLeaveGuard } from '@/shared/form/useLeaveGuard'
import { rates } from '@/shared/i18n/en/rates'
import { useMay } from '@/shared/session/useUser'
import { EmptyState } from '@/shared/states/EmptyState'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import type { CardClient } from './cardClient'
import { Details } from './details'
import { type Draft, draftOf } from './draft'
import classes from './editor.module.css'
import { type ClientService, cardQuery } from './queries'
import { SaveBar } from './saveBar'
import { ServiceList } from './serviceList'
import { CardTools } from './tools'
import { useDrafts } from './useDrafts'

export function RateEditor({ client }: { client: CardClient }) {
  const query = useQuery(cardQuery(client))
  if (query.isPending) return <RowsSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  if (query.data.length === 0) return <EmptyState {...rates.none} />
  return <Loaded client={client} rows={query.data} />
}

function Loaded({ client, rows }: { client: CardClient; rows: ClientService[] }) {
  const mayWrite = useMay('clients.write') && client.status !== 'archived'
  const { drafts, changed, edit, discard } = useDrafts(rows)
  const [chosen, setChosen] = useState<string | null>(null)
  const phone = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false })
  const row = rows.find(({ id }) => id === chosen) ?? (phone ? undefined : rows[0])
  const guard = useLeaveGuard(changed.length > 0, false)

  const details = row && (
    <Details
      key={row.id}
      client={client}
      row={row}
      draft={drafts[row.id] ?? draftOf(row)}
      readOnly={!mayWrite}
      onEdit={(draft: Draft) => edit(row, draft)}
    />
  )
  return (
    <>
      <CardTools client={client} rows={rows} mayWrite={mayWrite} />
      <div className={classes.columns}>
        <Paper className={classes.services}>
          <ServiceList
            client={client}
            rows={rows}
            drafts={drafts}
            chosen={row?.id ?? null}
            readOnly={!mayWrite}
            onChoose={setChosen}
            followFocus={!phone}
            onEdit={edit}
          />
        </Paper>
        {phone ? (
          <Drawer
            opened={row !== undefined}
            onClose={() => setChosen(null)}
            position="bottom"
            size="85%"
            title={row?.name}
          >
            {details}
          </Drawer>
        ) : (
          <Paper component="section" aria-label={rates.details} className={classes.details}>
            {details ?? <Text c="dimmed">{rates.choose}</Text>}
          </Paper>
        )}
      </div>
      <SaveBar client={client} rows={rows} drafts={drafts} changed={changed} onDiscard={discard} />
      {guard.question}
    </>
  )
}
