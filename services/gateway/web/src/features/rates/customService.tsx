import { Group, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { common } from '@/shared/i18n/en/common'
import { rates } from '@/shared/i18n/en/rates'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readDecimal } from '@/shared/numbers'
import type { CardClient } from './cardClient'
import { addCustomService, refreshCard } from './queries'

export function CustomService({ client, onClose }: { client: CardClient; onClose: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { name: '', description: '', rate: '', category: '', unit: 'Hour' },
    validate: {
      rate: (rate) => numberProblem(rate, { kind: 'money', currency: client.currency, min: '0' }),
    },
  })

  async function save() {
    const done = await submit(async (values) => {
      await addCustomService(client.id, {
        is_custom: true,
        name: values.name,
        description: values.description,
        rate: readDecimal(values.rate)!,
        category: values.category || null,
        unit: values.unit || 'Hour',
      })
      await refreshCard(queries, client.id)
    })
    if (!done) return
    notifyDone(rates.added(form.getValues().name))
    onClose()
  }

  return (
    <FormDialog
      title={rates.addTitle}
      action={common.create}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {rates.addLead}
      </Text>
      <TextInput label={rates.fields.name} required data-autofocus {...form.getInputProps('name')} />
      <TextInput label={rates.fields.description} {...form.getInputProps('description')} />
      <Group grow align="flex-start">
        <NumberField
          kind="money"
          currency={client.currency}
          unit={form.getValues().unit}
          label={`${rates.fields.rate} (${client.currency})`}
          required
          {...form.getInputProps('rate')}
        />
        <TextInput label={rates.fields.unit} {...form.getInputProps('unit')} />
        <TextInput label={rates.fields.category} {...form.getInputProps('category')} />
      </Group>
    </FormDialog>
  )
}
