/** How many changes wait, in sight wherever one has scrolled to, and what becomes of them. */
import { Button, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '@/api/problem'
import { rates } from '@/shared/i18n/en/rates'
import { errorText, notifyDone } from '@/shared/notify'
import type { CardClient } from './cardClient'
import { bodyOfCard, type Drafts, rateProblem } from './draft'
import classes from './editor.module.css'
import { type ClientService, refreshCard, saveCard } from './queries'

type Props = {
  client: CardClient
  rows: ClientService[]
  drafts: Drafts
  changed: ClientService[]
  onDiscard: () => void
}

export function SaveBar({ client, rows, drafts, changed, onDiscard }: Props) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  if (changed.length === 0) return null
  const wrong = changed.filter((row) => rateProblem(row, drafts[row.id]!, client.currency))

  async function save() {
    setBusy(true)
    setFailure(null)
    try {
      await saveCard(client.id, bodyOfCard(rows, drafts))
      await refreshCard(queries, client.id)
      notifyDone(
        rates.savedAll(
          changed.map((row) => row.name),
          client.name,
        ),
      )
      onDiscard()
    } catch (error) {
      setFailure(Object.values(fieldErrors(error)).join(' ') || errorText(error))
      // What somebody else changed meanwhile is shown beside what is typed here.
      await refreshCard(queries, client.id)
    } finally {
      setBusy(false)
    }
  }

  return (
    <section className={classes.saveBar} aria-label={rates.unsaved}>
      <Text size="sm" fw={570} role="status">
        {rates.changes(changed.length)}
      </Text>
      {(failure || wrong.length > 0) && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {failure ?? rates.wrong(wrong.map((row) => row.name))}
        </Text>
      )}
      <span className={classes.grow} />
      <Button variant="default" disabled={busy} onClick={onDiscard}>
        {rates.discard}
      </Button>
      <Button loading={busy} disabled={wrong.length > 0} onClick={save}>
        {rates.saveCard}
      </Button>
    </section>
  )
}
