/** What a client is: its name, how to reach it, where it came from. Terms and billing are on their own tab. */
import { Group, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { clients } from '@/shared/i18n/en/clients'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { CountrySelect, TimeZoneSelect } from './choices'
import { type Answers, CustomFieldInputs } from './customFieldInputs'
import { type Client, useLoadClient, useUpdateClient } from './queries'
import { ClientTags } from './tagsInput'

const { fields } = clients

export function EditClient({ client, onClose }: { client: Client; onClose: () => void }) {
  const update = useUpdateClient(client)
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(client),
    edited: { of: client, valuesOf, load: useLoadClient() },
  })
  const field = form.getInputProps

  async function save() {
    const done = await submit(({ status, ...values }) =>
      update.mutateAsync({ ...values, ...(client.status !== 'archived' && { status }) }),
    )
    if (!done) return
    notifyDone(common.saved(form.getValues().name))
    onClose()
  }

  return (
    <FormDialog
      title={clients.edit(client.name)}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <Group grow align="flex-start">
        <TextInput label={fields.name} required data-autofocus {...field('name')} />
        <TextInput label={fields.abbreviation} {...field('abbreviation')} />
      </Group>
      <Group grow align="flex-start">
        <NativeSelect
          label={fields.status}
          disabled={client.status === 'archived'}
          data={[
            { value: 'lead', label: clients.status.lead! },
            { value: 'active', label: clients.status.active! },
          ]}
          {...field('status')}
        />
        <TextInput label={fields.industry} {...field('industry')} />
      </Group>
      <Group grow align="flex-start">
        <TextInput label={fields.website} placeholder="https://" {...field('website')} />
        <TextInput label={fields.phone} type="tel" {...field('phone')} />
      </Group>
      <Group grow align="flex-start">
        <CountrySelect {...field('country')} />
        <TimeZoneSelect {...field('time_zone')} />
      </Group>
      <TextInput label={fields.referral_source} {...field('referral_source')} />
      <ClientTags {...field('tags')} />
      <Textarea label={fields.notes} autosize minRows={2} maxRows={6} {...field('notes')} />
      <CustomFieldInputs entity="client" {...field('custom_fields')} />
    </FormDialog>
  )
}

function valuesOf(client: Client) {
  return {
    name: client.name,
    abbreviation: client.abbreviation ?? '',
    status: client.status === 'lead' ? ('lead' as const) : ('active' as const),
    industry: client.industry ?? '',
    website: client.website ?? '',
    phone: client.phone_display ?? client.phone ?? '',
    country: client.country ?? '',
    time_zone: client.time_zone ?? '',
    referral_source: client.referral_source ?? '',
    tags: client.tags,
    notes: client.notes ?? '',
    custom_fields: (client.custom_fields ?? {}) as Answers,
  }
}
