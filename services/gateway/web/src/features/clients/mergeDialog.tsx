/** Makes two clients one: what would move is shown before anything is done, since nothing brings it back. */
import { Alert, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type * as gen from '@/api/gen'
import { mergeClient } from '@/api/gen'
import { once } from '@/api/keys'

import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { merging as words } from '@/shared/i18n/en/merging'
import { formatMoney } from '@/shared/money'
import { notifyDone } from '@/shared/notify'
import { SmallTable } from '@/shared/table/SmallTable'
import { ClientPicker } from './clientPicker'
import { type Client, clientsKey } from './queries'

type Merge = gen.Merge
type Props = { client: Pick<Client, 'id' | 'name' | 'currency'>; duplicateId?: string; onClose: () => void }

export function MergeDialog({ client, duplicateId, onClose }: Props) {
  const queries = useQueryClient()
  const [preview, setPreview] = useState<Merge | null>(null)
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { duplicate_id: duplicateId ?? '' },
    validate: { duplicate_id: (id) => (id ? null : words.choose) },
    onValuesChange: () => setPreview(null),
  })
  const refused = preview !== null && preview.refusals.length > 0

  async function save() {
    const dry_run = preview === null || refused
    const done = await submit(async ({ duplicate_id }) => {
      const merge = (await mergeClient({
        path: { client_id: client.id },
        body: { duplicate_id, dry_run },
        headers: once(),
      })) as Merge
      if (dry_run) setPreview(merge)
    })
    if (!done || dry_run) return
    await queries.invalidateQueries({ queryKey: clientsKey })
    notifyDone(words.done(client.name))
    onClose()
  }

  return (
    <FormDialog
      title={words.dialog(client.name)}
      action={preview && !refused ? words.act(preview.merged_client_name) : words.preview}
      size="lg"
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      {duplicateId ? null : (
        <ClientPicker label={words.duplicate} without={client.id} {...form.getInputProps('duplicate_id')} />
      )}
      <Text size="xs" c="dimmed">
        {words.duplicateHint}
      </Text>
      {preview && <Preview merge={preview} currency={client.currency} />}
    </FormDialog>
  )
}

function Preview({ merge, currency }: { merge: Merge; currency: string }) {
  const moves = Object.entries(merge.moves).filter(([, count]) => count > 0)
  // Where both pay the same nothing changes for anybody.
  const rates = merge.services.filter(
    (row) => row.outcome === 'moved' || row.survivor_rate !== row.duplicate_rate,
  )
  const rate = (amount: string | null) => formatMoney(amount, currency)
  return (
    <Stack gap="sm">
      {merge.refusals.map((text) => (
        <Alert key={text} color="red" role="alert">
          {text}
        </Alert>
      ))}
      {merge.refusals.length === 0 && <Alert color="orange">{words.cannotUndo}</Alert>}
      {moves.length > 0 && (
        <Text size="sm">
          <b>{words.moves}:</b>{' '}
          {moves.map(([what, count]) => `${count} ${what.replaceAll('_', ' ')}`).join(', ')}
        </Text>
      )}
      {merge.differences.length > 0 && (
        <SmallTable
          label={words.differs}
          rows={merge.differences}
          rowKey={(row) => row.field}
          columns={[
            { header: words.field, cell: (row) => row.field.replaceAll('_', ' ') },
            { header: words.here, cell: (row) => <b>{row.survivor}</b> },
            { header: words.there, cell: (row) => row.duplicate },
          ]}
        />
      )}
      {rates.length > 0 && (
        <SmallTable
          label={words.rates}
          rows={rates}
          rowKey={(row) => row.id}
          columns={[
            { header: words.rates, cell: (row) => row.name },
            { header: words.here, align: 'right', cell: (row) => rate(row.survivor_rate) },
            { header: words.there, align: 'right', cell: (row) => rate(row.duplicate_rate) },
            { header: words.result, cell: (row) => words.outcome[row.outcome] ?? row.outcome },
          ]}
        />
      )}
    </Stack>
  )
}
