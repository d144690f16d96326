import { Checkbox, Group, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { type Answers, CustomFieldInputs } from './customFieldInputs'
import { type Contact, loadContact, locationsQuery, saveContact, useRefresh } from './parts'
import classes from './parts.module.css'
import type { Client } from './queries'

const words = clientParts.contacts
const { fields } = words

type Props = { client: Client; contact: Contact | null; onClose: () => void }

export function ContactForm({ client, contact, onClose }: Props) {
  const refresh = useRefresh(client.id)
  const locations = useQuery(locationsQuery(client.id)).data?.items ?? []
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(contact),
    edited: contact && { of: contact, valuesOf, load: loadContact },
  })
  const field = form.getInputProps

  async function save() {
    const done = await submit((values, { source }) =>
      saveContact({ client_id: client.id }, contact && source, {
        ...values,
        location_id: values.location_id || null,
      }),
    )
    if (!done) return
    await refresh()
    notifyDone(common.saved(form.getValues().name))
    onClose()
  }

  return (
    <FormDialog
      title={contact ? words.edit(contact.name) : words.add}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput label={fields.name} required data-autofocus {...field('name')} />
      <Group grow align="flex-start">
        <TextInput label={fields.title} {...field('title')} />
        <TextInput label={fields.department} {...field('department')} />
      </Group>
      <TextInput label={fields.email} type="email" {...field('email')} />
      <Group grow align="flex-start">
        <TextInput label={fields.phone} type="tel" {...field('phone')} />
        <TextInput label={fields.extension} {...field('extension')} />
        <TextInput label={fields.mobile} type="tel" {...field('mobile')} />
      </Group>
      <NativeSelect
        label={fields.location}
        data={[{ value: '', label: '—' }, ...locations.map((one) => ({ value: one.id, label: one.name }))]}
        {...field('location_id')}
      />
      <fieldset className={classes.group}>
        <legend>{words.roles}</legend>
        <Checkbox
          mb={6}
          label={words.primary}
          description={words.primaryHint}
          disabled={contact?.is_primary_support}
          {...field('is_primary_support', { type: 'checkbox' })}
        />
        <Checkbox mb={6} label={words.technical} {...field('is_technical_support', { type: 'checkbox' })} />
        <Checkbox label={words.billing} {...field('is_billing', { type: 'checkbox' })} />
      </fieldset>
      <Textarea label={fields.notes} autosize minRows={2} maxRows={6} {...field('notes')} />
      <CustomFieldInputs entity="contact" {...field('custom_fields')} />
    </FormDialog>
  )
}

function valuesOf(contact: Contact | null) {
  return {
    name: contact?.name ?? '',
    title: contact?.title ?? '',
    department: contact?.department ?? '',
    email: contact?.email ?? '',
    phone: contact?.phone_display ?? contact?.phone ?? '',
    extension: contact?.extension ?? '',
    mobile: contact?.mobile_display ?? contact?.mobile ?? '',
    location_id: contact?.location_id ?? '',
    is_primary_support: contact?.is_primary_support ?? false,
    is_technical_support: contact?.is_technical_support ?? false,
    is_billing: contact?.is_billing ?? false,
    notes: contact?.notes ?? '',
    custom_fields: (contact?.custom_fields ?? {}) as Answers,
  }
}
