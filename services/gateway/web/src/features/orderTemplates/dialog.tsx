/** Creates or changes a template of work orders; its tasks are the lines of one text. */
import { Group, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { HoursField } from '@/shared/form/HoursField'
import { useApiForm } from '@/shared/form/useApiForm'
import { common } from '@/shared/i18n/en/common'
import { orderTemplates as words } from '@/shared/i18n/en/orderTemplates'
import { workOrders } from '@/shared/i18n/en/workOrders'
import { notifyDone } from '@/shared/notify'
import { hoursProblem, readHours } from '@/shared/numbers'
import { CatalogServiceSelect } from './catalogServiceSelect'
import { createTemplate, loadTemplate, type Template, templatesKey, updateTemplate } from './queries'
import { linesOf } from './values'

const { fields } = words

const valuesOf = (template: Template | null) => ({
  name: template?.name ?? '',
  subject: template?.subject ?? '',
  description: template?.description ?? '',
  service_id: template?.service_id ?? '',
  priority: template?.priority ?? 'medium',
  estimated_hours: template?.estimated_hours ?? '',
  tasks: (template?.tasks ?? []).join('\n'),
})

type Props = { template: Template | null; onClose: () => void }

export function TemplateDialog({ template, onClose }: Props) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(template),
    edited: template && { of: template, valuesOf, load: loadTemplate },
    validate: {
      name: (text) => (text.trim() ? null : words.nameNeeded),
      subject: (text) => (text.trim() ? null : words.subjectNeeded),
      estimated_hours: (text) => (text.trim() ? hoursProblem(text) : null),
      tasks: (text) => (linesOf(text).some((line) => line.length > 200) ? words.taskTooLong : null),
    },
  })
  const input = form.getInputProps

  async function save() {
    const done = await submit(async (values, { source }) => {
      const body = {
        name: values.name.trim(),
        subject: values.subject.trim(),
        description: values.description.trim() || null,
        service_id: values.service_id || null,
        priority: values.priority as Template['priority'],
        estimated_hours: values.estimated_hours.trim() ? readHours(values.estimated_hours) : null,
        tasks: linesOf(values.tasks),
      }
      await (template ? updateTemplate(source, body) : createTemplate(body))
    })
    queries.invalidateQueries({ queryKey: templatesKey })
    if (!done) return
    const { name } = form.getValues()
    notifyDone(template ? common.saved(name) : common.created(name))
    onClose()
  }

  return (
    <FormDialog
      title={template ? words.edit(template.name) : words.new}
      action={template ? common.save : common.create}
      size="lg"
      busy={busy}
      failure={failure}
      dirty={form.isDirty()}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput label={fields.name} required maxLength={100} data-autofocus {...input('name')} />
      <TextInput
        label={fields.subject}
        description={words.subjectHint}
        required
        maxLength={300}
        {...input('subject')}
      />
      <Textarea
        label={fields.tasks}
        description={words.tasksHint}
        autosize
        minRows={3}
        maxRows={12}
        {...input('tasks')}
      />
      <Group grow align="flex-start">
        <CatalogServiceSelect
          label={fields.service_id!}
          name={template?.service_name ?? ''}
          {...input('service_id')}
        />
        <NativeSelect
          label={fields.priority}
          data={Object.entries(workOrders.priority).map(([value, label]) => ({ value, label }))}
          {...input('priority')}
        />
        <HoursField label={fields.estimated_hours} {...input('estimated_hours')} />
      </Group>
      <Textarea label={fields.description} autosize minRows={2} maxRows={12} {...input('description')} />
    </FormDialog>
  )
}
