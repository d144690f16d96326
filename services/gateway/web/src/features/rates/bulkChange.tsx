/** Changes the rates of many clients: what would become of each row is shown before anything is done. */
import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { idempotencyKey } from '@/api/keys'
import { Dialog } from '@/shared/form/Dialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useLeaveGuard } from '@/shared/form/useLeaveGuard'
import { common } from '@/shared/i18n/en/common'
import { rateLists as words } from '@/shared/i18n/en/rates'
import { errorText, notifyDone, notifyFailure } from '@/shared/notify'
import { type NumberKind, numberProblem, readDecimal } from '@/shared/numbers'
import { type Counts, TaskProgress } from '@/shared/TaskProgress'
import type { BulkTarget } from '@/shared/table/types'
import { acrossKey, type BulkBody, type BulkResult, changeMany, previewMany } from './acrossQueries'
import { Preview } from './preview'

type Props = { target: BulkTarget; onClose: () => void }
type Kind = BulkBody['change']['kind']

const choices = (all: Record<string, string>) =>
  Object.entries(all).map(([value, label]) => ({ value, label }))
const WITH_VALUE: Kind[] = ['percent', 'amount', 'set']
const numberKind = (kind: Kind): NumberKind => (kind === 'percent' ? 'percent' : 'money')

export function BulkChange({ target, onClose }: Props) {
  const queries = useQueryClient()
  const [key] = useState(idempotencyKey)
  const [preview, setPreview] = useState<BulkResult | null>(null)
  const [applying, setApplying] = useState(false)
  const [progress, setProgress] = useState<Counts | null>(null)
  const { form, busy, failure, submit } = useApiForm({
    initialValues: {
      kind: 'percent' as Kind,
      value: '',
      step: '',
      mode: 'nearest',
      valid_from: '',
      reason: '',
    },
    validate: {
      value: (value, { kind }) =>
        WITH_VALUE.includes(kind) ? numberProblem(value, { kind: numberKind(kind) }) : null,
      step: (step) => numberProblem(step, { kind: 'money', above: '0', optional: true }),
    },
    onValuesChange: () => setPreview(null),
  })
  const guard = useLeaveGuard(form.isDirty(), busy || applying)
  const close = () => guard.ask(onClose)
  const values = form.getValues()
  const hasValue = WITH_VALUE.includes(values.kind)

  const body = (): BulkBody => ({
    ...target,
    change: {
      kind: values.kind,
      value: hasValue ? readDecimal(values.value, { kind: numberKind(values.kind) }) : null,
    },
    rounding: values.step.trim() ? { step: readDecimal(values.step)!, mode: values.mode as 'nearest' } : null,
    valid_from: values.valid_from || null,
    reason: values.reason || null,
  })
  const look = () => submit(async () => setPreview(await previewMany(body())))

  async function apply() {
    setApplying(true)
    try {
      const done = await changeMany(body(), key, setProgress)
      if (done.failed > 0)
        notifyFailure(words.someFailed(done.failed, done.results.find((one) => one.error)?.error ?? ''))
      notifyDone(words.changed(done.succeeded + done.pending))
      await queries.invalidateQueries({ queryKey: acrossKey })
      onClose()
    } catch (error) {
      notifyFailure(errorText(error))
    } finally {
      setApplying(false)
      setProgress(null)
    }
  }

  return (
    <Dialog onClose={close} title={words.changeTitle} size="xl" closeOnEscape={!guard.asking}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          look()
        }}
      >
        <Stack gap="sm">
          {failure && (
            <Alert color="red" role="alert">
              {failure}
            </Alert>
          )}
          <Text size="sm" c="dimmed">
            {'ids' in target ? words.ofChosen(target.ids.length) : words.ofMatching(target.expected_count)}
          </Text>
          <Group grow align="flex-start">
            <NativeSelect label={words.how} data={choices(words.kinds)} {...form.getInputProps('kind')} />
            {hasValue && (
              <NumberField
                kind={numberKind(values.kind)}
                label={words.values[values.kind as keyof typeof words.values]}
                required
                data-autofocus
                {...form.getInputProps('value')}
              />
            )}
          </Group>
          <Group grow align="flex-start">
            <NumberField
              kind="money"
              label={words.step}
              placeholder={words.stepHint}
              {...form.getInputProps('step')}
            />
            <NativeSelect
              label={words.mode}
              data={choices(words.modes)}
              disabled={!values.step.trim()}
              {...form.getInputProps('mode')}
            />
            <TextInput
              type="date"
              label={words.from}
              description={words.fromHint}
              {...form.getInputProps('valid_from')}
            />
          </Group>
          <TextInput label={words.reason} {...form.getInputProps('reason')} />
          {preview && <Preview result={preview} />}
          {progress && <TaskProgress work={{ status: 'running', progress }} label={words.changeTitle} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button type="submit" variant={preview ? 'default' : 'filled'} loading={busy}>
              {words.preview}
            </Button>
            {preview && (
              <Button disabled={preview.pending === 0} loading={applying} onClick={apply}>
                {words.apply(preview.pending)}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
      {guard.question}
    </Dialog>
  )
}
