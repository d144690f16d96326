import { Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { catalog } from '@/shared/i18n/en/catalog'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readDecimal } from '@/shared/numbers'
import { cloneOne, keepService, type Service } from './queries'

export function CloneDialog({ service, onClose }: { service: Service; onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { name: catalog.cloneName(service.name), default_rate: service.default_rate ?? '' },
    validate: {
      name: (name) => (name.trim() ? null : catalog.hints.required),
      default_rate: (rate) => numberProblem(rate, { kind: 'money', currency: service.currency, above: '0' }),
    },
  })

  async function save() {
    await submit(async ({ name, default_rate }) => {
      const copy = await cloneOne(service, { name: name.trim(), default_rate: readDecimal(default_rate)! })
      keepService(queries, copy)
      notifyDone(catalog.cloned(copy.name))
      onClose()
      navigate({ to: '/catalog/$serviceId', params: { serviceId: copy.id } })
    })
  }

  return (
    <FormDialog
      title={catalog.cloneTitle(service.name)}
      action={catalog.clone}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {catalog.cloneLead}
      </Text>
      <TextInput label={catalog.fields.serviceName} required data-autofocus {...form.getInputProps('name')} />
      <NumberField
        kind="money"
        currency={service.currency}
        unit={service.default_unit}
        label={`${catalog.fields.default_rate} (${service.currency})`}
        required
        {...form.getInputProps('default_rate')}
      />
    </FormDialog>
  )
}
