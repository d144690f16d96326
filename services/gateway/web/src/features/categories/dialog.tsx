import { Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { ColorChoice } from '@/shared/form/ColorChoice'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { catalog } from '@/shared/i18n/en/catalog'
import { categories as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { readWhole, sortOrderProblem } from '@/shared/numbers'
import { type Category, createOne, loadOne, refresh, updateOne } from './queries'

const { fields } = words

export function CategoryDialog({ category, onClose }: { category: Category | null; onClose: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(category),
    edited: category && { of: category, valuesOf, load: loadOne },
    validate: {
      name: (name) => (name.trim() ? null : catalog.hints.required),
      sort_order: sortOrderProblem,
    },
  })

  async function save() {
    const done = await submit(async ({ name, description, color, sort_order }, { source }) => {
      const body = {
        name: name.trim(),
        description: description.trim() || null,
        color: color || null,
        sort_order: readWhole(sort_order)!,
      }
      await (category ? updateOne(source, body) : createOne(body))
    })
    refresh(queries)
    if (!done) return
    notifyDone(category ? common.saved(form.getValues().name) : common.created(form.getValues().name))
    onClose()
  }

  return (
    <FormDialog
      title={category ? words.edit(category.name) : words.new}
      action={category ? common.save : common.create}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput
        label={fields.name}
        description={category ? words.renameHint : undefined}
        required
        maxLength={100}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Textarea
        label={fields.description}
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('description')}
      />
      <ColorChoice
        label={fields.color}
        value={form.getValues().color}
        onChange={(color) => form.setFieldValue('color', color)}
      />
      <NumberField
        kind="whole"
        label={fields.sort_order}
        description={words.sortHint}
        maw="9rem"
        {...form.getInputProps('sort_order')}
      />
    </FormDialog>
  )
}

const valuesOf = (category: Category | null) => ({
  name: category?.name ?? '',
  description: category?.description ?? '',
  color: category?.color ?? '',
  sort_order: String(category?.sort_order ?? 0),
})
