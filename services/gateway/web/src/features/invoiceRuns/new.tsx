/** Bills many clients: a preview by client that changes nothing, then the run without the clients left out. */
import { Alert, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { once } from '@/api/keys'
import { refreshMoney } from '@/features/payments/queries'
import { Crumbs } from '@/shared/Crumbs'
import { formatDate, today } from '@/shared/dates'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { invoiceRuns as words } from '@/shared/i18n/en/invoiceRuns'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { isOpen, TaskProgress } from '@/shared/TaskProgress'
import { ClientParts, RunWarnings } from './parts'
import { type ClientPart, type Run, runQuery, runsKey, startRun } from './queries'
import classes from './runs.module.css'

const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)

export function NewRun() {
  const only = useOnlyClient()
  const [preview, setPreview] = useState<Run | null>(null)
  const { form, busy, failure, submit } = useApiForm({ initialValues: { as_of: today() } })
  const ask = () =>
    submit(async ({ as_of }) =>
      setPreview(await startRun({ as_of, ...only, dry_run: true }, once()['Idempotency-Key'])),
    )
  return (
    <>
      <PageHeader title={words.new} above={<Crumbs to="/invoice-runs" label={words.title} />} />
      <Stack gap="md">
        <Section title={words.preview}>
          <Text size="sm" mb="sm">
            {words.lead}
          </Text>
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              ask()
            }}
          >
            <Group align="flex-end">
              <TextInput
                label={words.asOf}
                description={words.invoicesDated}
                type="date"
                required
                {...form.getInputProps('as_of')}
              />
              <Button type="submit" variant={preview ? 'default' : 'filled'} loading={busy}>
                {preview ? words.refresh : words.preview}
              </Button>
            </Group>
          </form>
          {failure && (
            <Text role="alert" size="sm" c="var(--mantine-color-error)" mt="xs">
              {failure}
            </Text>
          )}
        </Section>
        {preview && <Preview key={preview.run_id} preview={preview} />}
      </Stack>
    </>
  )
}

/** The client that the address names (`?client_id=`); without one, all clients are billed. */
function useOnlyClient() {
  const { client_id: client } = useSearch({ strict: false }) as { client_id?: string }
  return client ? { client_ids: [client] } : {}
}

function Preview({ preview: started }: { preview: Run }) {
  const query = useQuery({ ...runQuery(started.run_id), initialData: started })
  const preview = query.data
  if (isOpen(preview))
    return <TaskProgress work={preview} label={words.previewOf(formatDate(preview.as_of))} />
  if (preview.status !== 'succeeded')
    return (
      <Alert color="red" title={words.failed}>
        {preview.error}
      </Alert>
    )
  return <Chosen preview={preview} />
}

function Chosen({ preview }: { preview: Run }) {
  const parts = preview.detail?.clients ?? []
  const [excluded, setExcluded] = useState<ReadonlySet<string>>(new Set())
  const billed = parts.filter((part) => part.total !== undefined)
  const toggle = (clientId: string) => {
    const next = new Set(excluded)
    if (!next.delete(clientId)) next.add(clientId)
    setExcluded(next)
  }
  const toggleAll = () =>
    setExcluded(excluded.size === 0 ? new Set(billed.map((part) => part.client_id)) : new Set())
  if (parts.length === 0) return <Text c="dimmed">{words.nothing}</Text>
  return (
    <>
      <RunWarnings run={preview} />
      <Section
        title={words.fields.clients}
        flush
        action={
          <Checkbox
            size="xs"
            label={words.includeAll}
            checked={excluded.size === 0}
            indeterminate={excluded.size > 0 && excluded.size < billed.length}
            onChange={toggleAll}
          />
        }
      >
        <ClientParts parts={parts} choice={{ excluded, toggle }} />
      </Section>
      <Go preview={preview} billed={billed} excluded={excluded} />
    </>
  )
}

type GoProps = { preview: Run; billed: ClientPart[]; excluded: ReadonlySet<string> }

function Go({ preview, billed, excluded }: GoProps) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const sendOnce = useSendOnce()
  const only = useOnlyClient()
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const count = billed.filter((part) => !excluded.has(part.client_id)).length

  async function run() {
    setBusy(true)
    try {
      const body = { as_of: preview.as_of, ...only, exclude_client_ids: [...excluded] }
      const made = await sendOnce((key) => startRun(body, key))
      if (!isOpen(made)) notifyDone(words.done(made.counts.invoices ?? 0))
      queries.setQueryData([...runsKey, 'one', made.run_id], made)
      await navigate({ to: '/invoice-runs/$runId', params: { runId: made.run_id } })
      await Promise.all([refreshMoney(queries), queries.invalidateQueries({ queryKey: ['billable-items'] })])
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
      setAsked(false)
    }
  }

  return (
    <div className={classes.bar}>
      <Text size="sm" role="status">
        {excluded.size > 0 && words.excluded(excluded.size)}
      </Text>
      <Button disabled={count === 0} onClick={() => setAsked(true)}>
        {words.go(count)}
      </Button>
      {asked && (
        <ConfirmDialog
          title={`${words.go(count)}?`}
          text={words.goText}
          action={words.go(count)}
          busy={busy}
          onConfirm={run}
          onClose={() => setAsked(false)}
        />
      )}
    </div>
  )
}
