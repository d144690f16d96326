/** Takes over another client's agreed rates, or its whole card; what would change is shown first. */
import { Alert, Checkbox, Radio, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ClientPicker } from '@/features/clients/clientPicker'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { rateLists as words } from '@/shared/i18n/en/rates'
import { formatMoney } from '@/shared/money'
import { notifyDone } from '@/shared/notify'
import { SmallTable } from '@/shared/table/SmallTable'
import { type CopyBody, type CopyResult, copyCard } from './acrossQueries'
import type { CardClient } from './cardClient'
import { refreshCard } from './queries'

export function CopyCard({ client, onClose }: { client: CardClient; onClose: () => void }) {
  const queries = useQueryClient()
  const [preview, setPreview] = useState<CopyResult | null>(null)
  const { form, busy, failure, submit } = useApiForm({
    initialValues: {
      from_client_id: '',
      mode: 'custom_rates' as CopyBody['mode'],
      include_custom_services: true,
    },
    validate: { from_client_id: (id) => (id ? null : words.chooseClient) },
    onValuesChange: () => setPreview(null),
  })

  const nothing = preview !== null && changes(preview) === 0

  async function save() {
    const dry_run = preview === null || nothing
    const done = await submit(async (values) => {
      const result = await copyCard(client.id, { ...values, dry_run })
      if (dry_run) setPreview(result)
    })
    if (!done || dry_run) return
    await refreshCard(queries, client.id)
    notifyDone(words.copied(changes(preview)))
    onClose()
  }

  return (
    <FormDialog
      title={words.copyTitle}
      action={preview && !nothing ? words.copyRows(changes(preview)) : words.preview}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <ClientPicker label={words.copyFrom} without={client.id} {...form.getInputProps('from_client_id')} />
      <Radio.Group label={words.what} {...form.getInputProps('mode')}>
        <Stack gap={6} mt={4}>
          <Radio value="custom_rates" label={words.modesOfCopy.custom_rates} />
          <Radio value="whole_card" label={words.modesOfCopy.whole_card} />
        </Stack>
      </Radio.Group>
      <Checkbox
        label={words.withCustom}
        {...form.getInputProps('include_custom_services', { type: 'checkbox' })}
      />
      {nothing ? (
        <Alert color="blue" role="status">
          {words.nothingToCopy}
        </Alert>
      ) : (
        preview && <Preview client={client} result={preview} />
      )}
    </FormDialog>
  )
}

const changes = (result: CopyResult) => result.added + result.changed + result.excluded

function Preview({ client, result }: { client: CardClient; result: CopyResult }) {
  const rows = result.results.filter((row) => row.action !== 'skipped')
  const rate = (amount: string | null) => formatMoney(amount, client.currency)
  return (
    <section aria-label={words.preview}>
      <Text size="sm" fw={570} role="status">
        {words.wouldChange(changes(result), result.skipped)}
      </Text>
      {rows.length > 0 && (
        <SmallTable
          label={words.preview}
          rows={rows}
          rowKey={(row) => row.client_service_id}
          columns={[
            { header: words.service, cell: (row) => row.name },
            { header: words.outcome, cell: (row) => words.outcomes[row.action] },
            { header: words.before, align: 'right', cell: (row) => rate(row.before) },
            { header: words.after, align: 'right', cell: (row) => <b>{rate(row.after)}</b> },
          ]}
        />
      )}
    </section>
  )
}
