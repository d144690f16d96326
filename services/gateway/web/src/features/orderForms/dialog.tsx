/** Creates or changes a form: its name, whom it is for, and its questions. */
import { Checkbox, Group, Input, Text, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { ClientPicker } from '@/features/clients/clientPicker'
import { CatalogServiceSelect } from '@/features/orderTemplates/catalogServiceSelect'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { common } from '@/shared/i18n/en/common'
import { orderForms as words } from '@/shared/i18n/en/orderForms'
import { notifyDone } from '@/shared/notify'
import { createForm, formsKey, loadForm, type OrderForm, updateForm } from './queries'
import { Questions } from './questions'
import { bodyOfRow, type Row, rowsOf } from './values'

const { fields } = words

const valuesOf = (form: OrderForm | null) => ({
  name: form?.name ?? '',
  description: form?.description ?? '',
  client_id: form?.client_id ?? '',
  service_id: form?.service_id ?? '',
  active: form?.active ?? true,
  rows: rowsOf(form?.questions ?? [{ label: '', type: 'text', required: false, choices: [] }]) as Row[],
})

type Props = { form: OrderForm | null; onClose: () => void }

export function FormEditor({ form: edited, onClose }: Props) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(edited),
    edited: edited && { of: edited, valuesOf, load: loadForm },
    validate: {
      name: (text) => (text.trim() ? null : words.nameNeeded),
      rows: (rows) => (rows.every((row) => row.label.trim()) ? null : words.questionNeeded),
    },
  })
  const values = form.getValues()
  const input = form.getInputProps
  const refused = Object.entries(form.errors).filter(([place]) => place.startsWith('questions'))

  async function save() {
    const done = await submit(async (current, { source }) => {
      const body = {
        name: current.name.trim(),
        description: current.description.trim() || null,
        client_id: current.client_id || null,
        service_id: current.service_id || null,
        active: current.active,
        questions: current.rows.map(bodyOfRow),
      }
      await (edited ? updateForm(source, body) : createForm(body))
    })
    queries.invalidateQueries({ queryKey: formsKey })
    if (!done) return
    notifyDone(edited ? common.saved(values.name) : common.created(values.name))
    onClose()
  }

  return (
    <FormDialog
      title={edited ? words.edit(edited.name) : words.new}
      action={edited ? common.save : common.create}
      size="xl"
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput
        label={fields.name}
        description={words.nameHint}
        required
        maxLength={100}
        data-autofocus
        {...input('name')}
      />
      <Textarea label={fields.description} autosize minRows={1} maxLength={2000} {...input('description')} />
      <Group grow align="flex-start">
        <ClientPicker
          label={`${fields.client_id} (${words.allClients.toLowerCase()})`}
          {...input('client_id')}
        />
        <CatalogServiceSelect
          label={fields.service_id!}
          name={edited?.service_name ?? ''}
          {...input('service_id')}
        />
      </Group>
      <Questions rows={values.rows} onChange={(rows) => form.setFieldValue('rows', rows)} />
      {form.errors.rows && <Input.Error>{form.errors.rows}</Input.Error>}
      {refused.map(([place, text]) => (
        <Input.Error key={place}>{text}</Input.Error>
      ))}
      {edited && (
        <Text size="xs" c="dimmed">
          {words.newVersionHint}
        </Text>
      )}
      <Checkbox
        label={fields.active}
        description={words.activeHint}
        {...form.getInputProps('active', { type: 'checkbox' })}
      />
    </FormDialog>
  )
}
