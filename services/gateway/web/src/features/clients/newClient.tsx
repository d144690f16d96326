import { Group, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { clients } from '@/shared/i18n/en/clients'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { CountrySelect, CurrencySelect } from './choices'
import { clientsKey, createOne } from './queries'

export function NewClient({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { name: '', currency: 'USD', country: '', billing_contact_name: '', billing_email: '' },
  })

  async function save() {
    const done = await submit(async ({ country, billing_contact_name, billing_email, ...rest }) => {
      const client = await createOne({
        ...rest,
        country: country || null,
        billing_contact_name: billing_contact_name || null,
        billing_email: billing_email || null,
      })
      queries.invalidateQueries({ queryKey: clientsKey })
      navigate({ to: '/clients/$clientId', params: { clientId: client.id } })
    })
    if (done) notifyDone(clients.created)
  }

  return (
    <FormDialog
      title={clients.new}
      action={common.create}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput label={clients.fields.name} required data-autofocus {...form.getInputProps('name')} />
      <Group grow>
        <CurrencySelect {...form.getInputProps('currency')} />
        <CountrySelect {...form.getInputProps('country')} />
      </Group>
      <TextInput
        label={clients.fields.billing_contact_name}
        {...form.getInputProps('billing_contact_name')}
      />
      <TextInput
        label={clients.fields.billing_email}
        type="email"
        description={clients.hints.billing_email}
        {...form.getInputProps('billing_email')}
      />
    </FormDialog>
  )
}
