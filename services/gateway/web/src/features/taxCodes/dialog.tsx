import { Checkbox, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { taxCodes as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { Components } from './components'
import { createOne, loadOne, type TaxCode, taxCodesKey, updateOne } from './queries'
import { bodyOf, checks, type Treatment, valuesOf } from './values'

const { fields } = words

export function TaxCodeDialog({ taxCode, onClose }: { taxCode: TaxCode | null; onClose: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(taxCode),
    validate: checks,
    edited: taxCode && { of: taxCode, valuesOf, load: loadOne },
  })
  const { treatment, components } = form.getValues()

  async function save() {
    const done = await submit((values, { source }) =>
      taxCode ? updateOne(source, bodyOf(values)) : createOne(bodyOf(values)),
    )
    queries.invalidateQueries({ queryKey: taxCodesKey })
    if (!done) return
    notifyDone(taxCode ? common.saved(form.getValues().name) : common.created(form.getValues().name))
    onClose()
  }

  return (
    <FormDialog
      title={taxCode ? words.edit(taxCode.name) : words.new}
      action={taxCode ? common.save : common.create}
      size="lg"
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <div style={{ display: 'grid', gridTemplateColumns: '2fr 1fr', gap: '0.75rem', alignItems: 'start' }}>
        <TextInput
          label={fields.name}
          required
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TextInput label={fields.code} maxLength={30} {...form.getInputProps('code')} />
      </div>
      <Textarea label={fields.description} autosize minRows={1} {...form.getInputProps('description')} />
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={fields.treatment}
        data={Object.entries(words.treatments).map(([value, label]) => ({ value, label }))}
        value={treatment}
        onChange={(value) => form.setFieldValue('treatment', value as Treatment)}
      />
      {treatment === 'one' && (
        <NumberField
          kind="percent"
          label={fields.rate_percent}
          required
          maw="9rem"
          {...form.getInputProps('rate_percent')}
        />
      )}
      {treatment === 'several' && (
        <Stack gap={6}>
          <Text size="xs" c="dimmed">
            {words.componentsHint}
          </Text>
          <Components
            value={components}
            error={form.errors.components}
            onChange={(next) => form.setFieldValue('components', next)}
          />
        </Stack>
      )}
      {treatment === 'exempt' ? (
        <TextInput
          label={fields.exempt_reason}
          description={words.reasonHint}
          maxLength={300}
          {...form.getInputProps('exempt_reason')}
        />
      ) : (
        <Checkbox
          label={fields.inclusive}
          description={words.inclusiveHint}
          {...form.getInputProps('inclusive', { type: 'checkbox' })}
        />
      )}
    </FormDialog>
  )
}
