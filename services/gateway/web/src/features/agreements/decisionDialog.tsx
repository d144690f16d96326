/** Sets who decides, snoozes the decision, or decides. */
import { NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { daysLater, today } from '@/shared/dates'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { agreementDecisions as words } from '@/shared/i18n/en/agreementDecisions'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { useUser } from '@/shared/session/useUser'
import { type Decision, type DecisionRow, loadDecision, ownersQuery, saveDecision } from './decisionQueries'
import { agreementsKey } from './queries'

const { fields } = words
const OUTCOMES = ['renew', 'let_end', 'renegotiate'] as const

const valuesOf = (decision: Decision) => ({
  owner_id: decision.owner_id ?? '',
  snoozed_until: decision.snoozed_until ?? '',
  outcome: decision.outcome ?? '',
  note: decision.note ?? '',
})

type Props = { decision: DecisionRow; onClose: () => void }

export function DecisionDialog({ decision, onClose }: Props) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(decision),
    edited: { of: decision as Decision, valuesOf, load: loadDecision },
    validate: {
      note: (text, { outcome }) => (outcome === 'renegotiate' && !text.trim() ? words.noteNeeded : null),
    },
  })
  const input = form.getInputProps

  async function save() {
    const done = await submit(async (values, { source }) => {
      const { owner_id, snoozed_until, outcome } = values
      // a day that has passed is history: sent again, it would be refused
      const asleep = snoozed_until > today() || snoozed_until === ''
      await saveDecision(source, {
        owner_id: owner_id || null,
        ...(asleep || snoozed_until !== source.snoozed_until ? { snoozed_until: snoozed_until || null } : {}),
        outcome: (outcome || null) as Decision['outcome'],
        note: values.note.trim() || null,
      })
    })
    queries.invalidateQueries({ queryKey: agreementsKey })
    if (!done) return
    notifyDone(common.saved(decision.name))
    onClose()
  }

  return (
    <FormDialog
      title={words.dialog(decision.name)}
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <Radio.Group label={fields.outcome} {...input('outcome')}>
        <Stack gap="xs" mt="xs">
          <Radio value="" label={words.notYet} />
          {OUTCOMES.map((name) => (
            <Radio
              key={name}
              value={name}
              label={words.outcomes[decision.kind][name]}
              description={words.effects[decision.kind][name]}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea label={fields.note} autosize minRows={2} maxRows={8} maxLength={2000} {...input('note')} />
      <OwnerSelect current={decision.owner_name} {...input('owner_id')} />
      {form.getValues().outcome === '' && (
        <TextInput
          type="date"
          label={fields.snoozed_until}
          description={words.snoozeHint}
          min={daysLater(today(), 1)}
          {...input('snoozed_until')}
        />
      )}
    </FormDialog>
  )
}

/** `current` names an owner who is no manager any more. */
function OwnerSelect({ current, ...input }: { current: string | null } & Parameters<typeof NativeSelect>[0]) {
  const me = useUser()
  const others = (useQuery(ownersQuery).data ?? []).filter((user) => user.id !== me?.id)
  const gone = input.value && input.value !== me?.id && !others.some((user) => user.id === input.value)
  return (
    <NativeSelect
      label={fields.owner}
      data={[
        { value: '', label: words.noOwner },
        ...(me ? [{ value: me.id, label: me.name }] : []),
        ...(gone ? [{ value: String(input.value), label: current ?? '…' }] : []),
        ...others.map((user) => ({ value: user.id!, label: user.name! })),
      ]}
      {...input}
    />
  )
}
