import { Group, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { type Answers, CustomFieldInputs } from './customFieldInputs'
import { type Asset, contactsQuery, loadAsset, locationsQuery, saveAsset, useRefresh } from './parts'
import type { Client } from './queries'

const words = clientParts.assets
const { fields } = words
const TEXTS = ['make', 'model', 'serial_number', 'os', 'ip_address', 'mac_address'] as const
const DAYS = ['purchased_on', 'warranty_until', 'expires_on'] as const
const LINKS = ['location_id', 'contact_id'] as const

type Props = { client: Client; asset: Asset | null; onClose: () => void }

export function AssetForm({ client, asset, onClose }: Props) {
  const refresh = useRefresh(client.id)
  const locations = useQuery(locationsQuery(client.id)).data?.items ?? []
  const contacts = useQuery(contactsQuery(client.id)).data?.items ?? []
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(asset),
    edited: asset && { of: asset, valuesOf, load: loadAsset },
  })
  const field = form.getInputProps

  async function save() {
    const done = await submit((values, { source }) =>
      saveAsset({ client_id: client.id }, asset && source, bodyOf(values)),
    )
    if (!done) return
    await refresh()
    notifyDone(common.saved(form.getValues().name))
    onClose()
  }

  const choices = (items: { id: string; name: string }[]) => [
    { value: '', label: '—' },
    ...items.map((one) => ({ value: one.id, label: one.name })),
  ]
  return (
    <FormDialog
      title={asset ? words.edit(asset.name) : words.add}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <Group grow align="flex-start">
        <TextInput label={fields.name} required data-autofocus {...field('name')} />
        <NativeSelect
          label={fields.kind}
          data={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
          {...field('kind')}
        />
      </Group>
      {pairs(TEXTS).map((pair) => (
        <Group key={pair[0]} grow align="flex-start">
          {pair.map((name) => (
            <TextInput key={name} label={fields[name]} {...field(name)} />
          ))}
        </Group>
      ))}
      <Group grow align="flex-start">
        <NativeSelect label={fields.location_id} data={choices(locations)} {...field('location_id')} />
        <NativeSelect label={fields.contact_id} data={choices(contacts)} {...field('contact_id')} />
      </Group>
      <Group grow align="flex-start">
        {DAYS.map((name) => (
          <TextInput key={name} type="date" label={fields[name]} {...field(name)} />
        ))}
      </Group>
      <Textarea label={fields.notes} autosize minRows={2} maxRows={6} {...field('notes')} />
      <CustomFieldInputs entity="asset" {...field('custom_fields')} />
    </FormDialog>
  )
}

type Values = ReturnType<typeof valuesOf>

function valuesOf(asset: Asset | null) {
  const texts = Object.fromEntries([...TEXTS, ...DAYS, ...LINKS].map((name) => [name, asset?.[name] ?? '']))
  return {
    ...(texts as Record<(typeof TEXTS)[number] | (typeof DAYS)[number] | (typeof LINKS)[number], string>),
    name: asset?.name ?? '',
    kind: asset?.kind ?? ('workstation' as const),
    notes: asset?.notes ?? '',
    custom_fields: (asset?.custom_fields ?? {}) as Answers,
  }
}

/** A link or a day that is not set is null: neither has a blank. */
function bodyOf(values: Values) {
  const cleared = Object.fromEntries([...DAYS, ...LINKS].map((name) => [name, values[name] || null]))
  return { ...values, ...cleared }
}

function pairs<T>(all: readonly T[]): T[][] {
  return all.flatMap((_, index) => (index % 2 ? [] : [all.slice(index, index + 2) as T[]]))
}
