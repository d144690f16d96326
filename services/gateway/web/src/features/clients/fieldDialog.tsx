import { Checkbox, Group, NativeSelect, TagsInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { common } from '@/shared/i18n/en/common'
import { labels as words } from '@/shared/i18n/en/labels'
import { notifyDone } from '@/shared/notify'
import { readWhole, sortOrderProblem } from '@/shared/numbers'
import { loadField, refreshLabels, saveField } from './labels'
import type { CustomField } from './parts'

const choices = (all: Record<string, string>) =>
  Object.entries(all).map(([value, label]) => ({ value, label }))

/** "Contract number" → "contract_number" */
const keyOf = (label: string) =>
  label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')

export function FieldDialog({ field, onClose }: { field: CustomField | null; onClose: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(field),
    edited: field && { of: field, valuesOf, load: loadField },
    validate: { sort_order: sortOrderProblem },
  })
  const values = form.getValues()

  async function save() {
    const done = await submit(({ sort_order, key, ...rest }, { source }) =>
      saveField(field && source, {
        ...rest,
        key: key || keyOf(rest.label),
        sort_order: readWhole(sort_order)!,
      }),
    )
    if (!done) return
    await refreshLabels(queries)
    notifyDone(common.saved(form.getValues().label))
    onClose()
  }

  return (
    <FormDialog
      title={field ? words.edit(field.label) : words.newField}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput label={words.label} required data-autofocus {...form.getInputProps('label')} />
      <TextInput
        label={words.key}
        description={words.keyHint}
        placeholder={keyOf(values.label)}
        disabled={field !== null}
        {...form.getInputProps('key')}
      />
      <Group grow align="flex-start">
        <NativeSelect
          label={words.entity}
          disabled={field !== null}
          data={choices(words.entities)}
          {...form.getInputProps('entity')}
        />
        <NativeSelect
          label={words.type}
          disabled={field !== null}
          data={choices(words.types)}
          {...form.getInputProps('type')}
        />
      </Group>
      {values.type === 'select' && (
        <TagsInput
          size="sm"
          label={words.options}
          description={words.optionsHint}
          splitChars={[';']}
          acceptValueOnBlur
          {...form.getInputProps('options')}
        />
      )}
      <NumberField kind="whole" label={words.order} maw="9rem" {...form.getInputProps('sort_order')} />
      <Checkbox label={words.required} {...form.getInputProps('required', { type: 'checkbox' })} />
    </FormDialog>
  )
}

const valuesOf = (field: CustomField | null) => ({
  entity: field?.entity ?? ('client' as CustomField['entity']),
  label: field?.label ?? '',
  key: field?.key ?? '',
  type: field?.type ?? ('text' as CustomField['type']),
  options: field?.options ?? [],
  required: field?.required ?? false,
  sort_order: String(field?.sort_order ?? 0),
})
