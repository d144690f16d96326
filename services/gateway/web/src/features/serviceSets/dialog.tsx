import { ActionIcon, Badge, Checkbox, Input, Text, Textarea, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { ServicePicker } from '@/features/catalog/servicePicker'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { catalog } from '@/shared/i18n/en/catalog'
import { serviceSets as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import classes from './dialog.module.css'
import { createOne, loadOne, type Member, type ServiceSet, setsKey, updateOne } from './queries'

const { fields } = words

export function SetDialog({ set, onClose }: { set: ServiceSet | null; onClose: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(set),
    edited: set && { of: set, valuesOf, load: loadOne },
    validate: { name: (name) => (name.trim() ? null : catalog.hints.required) },
  })
  const members = form.getValues().service_ids
  const setMembers = (next: Member[]) => form.setFieldValue('service_ids', next)

  async function save() {
    const done = await submit(async ({ name, description, is_default, service_ids }, { source }) => {
      const body = {
        name: name.trim(),
        description: description.trim() || null,
        is_default,
        service_ids: service_ids.map(({ id }) => id),
      }
      await (set ? updateOne(source, body) : createOne(body))
    })
    queries.invalidateQueries({ queryKey: setsKey })
    if (!done) return
    notifyDone(set ? common.saved(form.getValues().name) : common.created(form.getValues().name))
    onClose()
  }

  return (
    <FormDialog
      title={set ? words.edit(set.name) : words.new}
      action={set ? common.save : common.create}
      size="lg"
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput
        label={fields.name}
        required
        maxLength={100}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Textarea label={fields.description} autosize minRows={1} {...form.getInputProps('description')} />
      <Checkbox
        label={words.defaultLabel}
        description={words.defaultHint}
        {...form.getInputProps('is_default', { type: 'checkbox' })}
      />
      <div>
        <ServicePicker
          label={words.add}
          without={members.map(({ id }) => id)}
          onPick={({ id, name, status }) =>
            setMembers([...members, { id, name, status: status as Member['status'] }])
          }
        />
        <ul className={classes.members} aria-label={fields.services}>
          {members.map((member) => (
            <li key={member.id}>
              <span>{member.name}</span>
              {member.status === 'archived' && <Badge color="gray">{common.status.archived}</Badge>}
              <ActionIcon
                aria-label={words.removeOf(member.name)}
                onClick={() => setMembers(members.filter(({ id }) => id !== member.id))}
              >
                <IconX size={15} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        {members.length === 0 && (
          <Text size="sm" c="dimmed" mt={6}>
            {words.none}
          </Text>
        )}
        {form.errors.service_ids && <Input.Error>{form.errors.service_ids}</Input.Error>}
      </div>
    </FormDialog>
  )
}

const valuesOf = (set: ServiceSet | null) => ({
  name: set?.name ?? '',
  description: set?.description ?? '',
  is_default: set?.is_default ?? false,
  service_ids: (set?.services ?? []) as Member[],
})
