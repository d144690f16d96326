import { Group, NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { serviceSetsQuery } from '@/features/rates/acrossQueries'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { clients } from '@/shared/i18n/en/clients'
import { common } from '@/shared/i18n/en/common'
import { rateLists } from '@/shared/i18n/en/rates'
import { notifyDone } from '@/shared/notify'
import { CountrySelect, CurrencySelect } from './choices'
import { clientsKey, createOne } from './queries'

const { inherit } = clients

export function NewClient({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const sets = useQuery(serviceSetsQuery).data?.items ?? []
  const { form, busy, failure, submit } = useApiForm({
    initialValues: {
      name: '',
      status: 'active' as 'active' | 'lead',
      currency: 'USD',
      country: '',
      billing_contact_name: '',
      billing_email: '',
      inherit_services: '' as '' | 'all' | 'none' | 'set',
      service_set_id: '',
    },
    validate: {
      service_set_id: (id, values) => (values.inherit_services === 'set' && !id ? rateLists.chooseSet : null),
    },
  })

  async function save() {
    const done = await submit(
      async ({ country, billing_contact_name, billing_email, inherit_services, service_set_id, ...rest }) => {
        const client = await createOne({
          ...rest,
          country: country || null,
          billing_contact_name: billing_contact_name || null,
          billing_email: billing_email || null,
          ...(inherit_services && { inherit_services }),
          ...(inherit_services === 'set' && { service_set_id }),
        })
        queries.invalidateQueries({ queryKey: clientsKey })
        navigate({ to: '/clients/$clientId', params: { clientId: client.id } })
      },
    )
    if (done) notifyDone(common.created(form.getValues().name))
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
      <Group grow align="flex-start">
        <TextInput label={clients.fields.name} required data-autofocus {...form.getInputProps('name')} />
        <NativeSelect
          label={clients.fields.status}
          data={[
            { value: 'active', label: clients.status.active! },
            { value: 'lead', label: clients.status.lead! },
          ]}
          {...form.getInputProps('status')}
        />
      </Group>
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
      <Group grow align="flex-start">
        <NativeSelect
          label={inherit.label}
          data={[
            { value: '', label: inherit.companyDefault },
            { value: 'all', label: inherit.all },
            { value: 'none', label: inherit.none },
            { value: 'set', label: inherit.set },
          ]}
          {...form.getInputProps('inherit_services')}
        />
        {form.getValues().inherit_services === 'set' && (
          <NativeSelect
            label={inherit.set_label}
            data={[{ value: '', label: '—' }, ...sets.map((one) => ({ value: one.id!, label: one.name }))]}
            {...form.getInputProps('service_set_id')}
          />
        )}
      </Group>
    </FormDialog>
  )
}
