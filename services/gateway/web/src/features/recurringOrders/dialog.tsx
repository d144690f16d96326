/** Creates or changes a recurring work order. */
import { Checkbox, Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ClientPicker } from '@/features/clients/clientPicker'
import { templateChoices } from '@/features/orderTemplates/queries'
import { choicesQuery } from '@/features/workOrders/queries'
import { TechnicianSelect } from '@/features/workOrders/technicianSelect'
import { today } from '@/shared/dates'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { common } from '@/shared/i18n/en/common'
import { recurringOrders as words } from '@/shared/i18n/en/recurringOrders'
import { workOrders } from '@/shared/i18n/en/workOrders'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readWhole } from '@/shared/numbers'
import { createRecurring, loadRecurring, type Recurring, recurringKey, updateRecurring } from './queries'

const { fields } = words
const options = (texts: Record<string, string>) =>
  Object.entries(texts).map(([value, label]) => ({ value, label }))

const valuesOf = (one: Recurring | null) => ({
  client_id: one?.client_id ?? '',
  template_id: one?.template_id ?? '',
  agreement_id: one?.agreement_id ?? '',
  subject: one?.subject ?? '',
  technician_id: one?.technician_id ?? '',
  billable: one?.billable ?? true,
  starts_on: one?.starts_on ?? today(),
  ends_on: one?.ends_on ?? '',
  every: String(one?.every ?? 1),
  unit: one?.unit ?? 'months',
  due_in_days: one?.due_in_days?.toString() ?? '',
  catch_up: one?.catch_up ?? 'all',
})

type Values = ReturnType<typeof valuesOf>

const bodyOf = (values: Values) => ({
  template_id: values.template_id,
  agreement_id: values.agreement_id || null,
  subject: values.subject.trim() || null,
  technician_id: values.technician_id || null,
  billable: values.billable,
  starts_on: values.starts_on,
  ends_on: values.ends_on || null,
  every: readWhole(values.every) ?? 1,
  unit: values.unit as Recurring['unit'],
  due_in_days: values.due_in_days.trim() ? readWhole(values.due_in_days) : null,
  catch_up: values.catch_up as Recurring['catch_up'],
})

type Props = { recurring: Recurring | null; onClose: () => void }

export function RecurringDialog({ recurring, onClose }: Props) {
  const queries = useQueryClient()
  const sendOnce = useSendOnce()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(recurring),
    edited: recurring && { of: recurring, valuesOf, load: loadRecurring },
    validate: {
      client_id: (id) => (id ? null : words.clientNeeded),
      template_id: (id) => (id ? null : words.templateNeeded),
      starts_on: (day) => (day ? null : words.dayNeeded),
      every: (text) => numberProblem(text, { kind: 'whole', min: '1', max: '366' }),
      due_in_days: (text) => numberProblem(text, { kind: 'whole', min: '0', max: '366', optional: true }),
    },
  })
  const values = form.getValues()
  const templates = useQuery(templateChoices).data?.items
  const query = useQuery(choicesQuery(values.client_id, values.agreement_id || null))
  const agreements = query.data?.client_id === values.client_id ? query.data.agreements : []
  const input = form.getInputProps

  async function save() {
    const done = await submit((current, { source }) =>
      recurring
        ? updateRecurring(source, bodyOf(current))
        : sendOnce((key) => createRecurring({ ...bodyOf(current), client_id: current.client_id }, key)),
    )
    queries.invalidateQueries({ queryKey: recurringKey })
    if (!done) return
    const template = templates?.find((one) => one.id === values.template_id)
    const name = values.subject.trim() || template?.subject || words.title
    notifyDone(recurring ? common.saved(name) : common.created(name))
    onClose()
  }

  return (
    <FormDialog
      title={recurring ? words.edit : words.new}
      action={recurring ? common.save : common.create}
      size="lg"
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      {recurring ? (
        <Text size="sm">{recurring.client_name}</Text>
      ) : (
        <ClientPicker label={fields.client!} required autoFocus {...input('client_id')} />
      )}
      <Group grow align="flex-start">
        <NativeSelect
          label={fields.template_id}
          required
          data={[
            { value: '', label: templates?.length === 0 ? words.noTemplates : words.templateNeeded },
            ...(templates ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...input('template_id')}
        />
        <TextInput
          label={fields.subject}
          placeholder={words.subjectHint}
          maxLength={300}
          {...input('subject')}
        />
      </Group>
      <Group grow align="flex-start">
        <NativeSelect
          label={fields.agreement_id}
          data={[
            { value: '', label: words.noAgreement },
            ...agreements.map((one) => ({ value: one.id, label: `${one.number} ${one.name}` })),
          ]}
          {...input('agreement_id')}
        />
        <TechnicianSelect
          label={fields.technician_id!}
          clientId={values.client_id}
          current={recurring?.technician_name}
          none={words.nobody}
          {...input('technician_id')}
        />
      </Group>
      <Group grow align="flex-start">
        <NumberField kind="whole" label={fields.every} required {...input('every')} />
        <NativeSelect label={fields.unit} data={options(words.units)} {...input('unit')} />
        <NumberField
          kind="whole"
          label={fields.due_in_days}
          description={words.dueHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...input('due_in_days')}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput
          type="date"
          label={fields.starts_on}
          required
          description={words.startsHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...input('starts_on')}
        />
        <TextInput type="date" label={fields.ends_on} {...input('ends_on')} />
      </Group>
      <NativeSelect label={fields.catch_up} data={options(words.catchUp)} {...input('catch_up')} />
      <Checkbox
        label={fields.billable}
        description={workOrders.form.billableHint}
        {...form.getInputProps('billable', { type: 'checkbox' })}
      />
    </FormDialog>
  )
}
