/** An address, asked for in the order and words of its country. */
import { Autocomplete, Checkbox, Group, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { CountrySelect, TimeZoneSelect } from './choices'
import { type Answers, CustomFieldInputs } from './customFieldInputs'
import {
  addressFormatQuery,
  contactsQuery,
  type Location,
  loadLocation,
  saveLocation,
  subdivisionsQuery,
  useRefresh,
} from './parts'
import type { Client } from './queries'

const words = clientParts.locations
const { fields } = words
const ORDER = [['line1'], ['line2'], ['city', 'subdivision', 'postal_code']]

type Props = { client: Client; location: Location | null; onClose: () => void }

export function LocationForm({ client, location, onClose }: Props) {
  const refresh = useRefresh(client.id)
  const contacts = useQuery(contactsQuery(client.id)).data?.items ?? []
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(client, location),
    edited: location && {
      of: location,
      valuesOf: (one: Location) => valuesOf(client, one),
      load: loadLocation,
    },
  })
  const field = form.getInputProps

  async function save() {
    const done = await submit((values, { source }) =>
      saveLocation({ client_id: client.id }, location && source, {
        ...values,
        contact_id: values.contact_id || null,
      }),
    )
    if (!done) return
    await refresh()
    notifyDone(common.saved(form.getValues().name))
    onClose()
  }

  return (
    <FormDialog
      title={location ? words.edit(location.name) : words.add}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput label={fields.name} required data-autofocus {...field('name')} />
      <CountrySelect {...field('country')} />
      <AddressFields country={form.getValues().country} field={field} />
      <Group grow align="flex-start">
        <TextInput label={fields.phone} type="tel" {...field('phone')} />
        <TimeZoneSelect {...field('time_zone')} />
      </Group>
      <Group grow align="flex-start">
        <TextInput label={fields.hours} placeholder={words.hoursHint} {...field('hours')} />
        <NativeSelect
          label={fields.contact}
          data={[{ value: '', label: '—' }, ...contacts.map((one) => ({ value: one.id, label: one.name }))]}
          {...field('contact_id')}
        />
      </Group>
      <Checkbox
        label={words.primary}
        disabled={location?.is_primary}
        {...field('is_primary', { type: 'checkbox' })}
      />
      <Textarea label={fields.notes} autosize minRows={2} maxRows={6} {...field('notes')} />
      <CustomFieldInputs entity="location" {...field('custom_fields')} />
    </FormDialog>
  )
}

type AddressProps = { country: string; field: (name: string) => object }

function AddressFields({ country, field }: AddressProps) {
  const format = useQuery(addressFormatQuery(country)).data
  const subdivisions = useQuery(subdivisionsQuery(country)).data?.items ?? []
  const known = new Set(['line1', 'line2', 'city', 'subdivision', 'postal_code'])
  const lines = (format?.lines ?? ORDER).map((line) => line.filter((name) => known.has(name)))
  const label = (name: string) => format?.labels[name] ?? fields[name as keyof typeof fields]
  return lines
    .filter((line) => line.length > 0)
    .map((line) => (
      <Group key={line.join()} grow align="flex-start">
        {line.map((name) =>
          name === 'subdivision' && subdivisions.length > 0 ? (
            <Autocomplete
              key={name}
              size="sm"
              label={label(name)}
              data={[...new Set(subdivisions.map((one) => one.name))]}
              {...field(name)}
            />
          ) : (
            <TextInput
              key={name}
              label={label(name)}
              placeholder={name === 'postal_code' ? (format?.postal_code_example ?? undefined) : undefined}
              {...field(name)}
            />
          ),
        )}
      </Group>
    ))
}

function valuesOf(client: Client, location: Location | null) {
  return {
    name: location?.name ?? '',
    line1: location?.line1 ?? '',
    line2: location?.line2 ?? '',
    city: location?.city ?? '',
    subdivision: location?.subdivision_name ?? location?.subdivision ?? '',
    postal_code: location?.postal_code ?? '',
    country: location?.country ?? client.country ?? '',
    phone: location?.phone_display ?? location?.phone ?? '',
    time_zone: location?.time_zone ?? '',
    hours: location?.hours ?? '',
    contact_id: location?.contact_id ?? '',
    is_primary: location?.is_primary ?? false,
    notes: location?.notes ?? '',
    custom_fields: (location?.custom_fields ?? {}) as Answers,
  }
}
