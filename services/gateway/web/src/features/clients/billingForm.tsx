/** Terms and billing contact of a client. */
import { Alert, Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef } from 'react'
import { EmailList, emailListProblem } from '@/shared/form/EmailList'
import { isEmail } from '@/shared/form/emailAddresses'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { useLeaveGuard } from '@/shared/form/useLeaveGuard'
import { clients } from '@/shared/i18n/en/clients'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import { numberProblem, readOptional, readWhole } from '@/shared/numbers'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { CurrencySelect } from './choices'
import { locationsQuery, taxCodesQuery } from './parts'
import { type Client, useLoadClient, useUpdateClient } from './queries'

const { fields, hints } = clients
const orNull = (text: string) => text.trim() || null

export function BillingForm({ client }: { client: Client }) {
  const mayWrite = useMay('clients.write')
  const update = useUpdateClient(client)
  const taxCodes = useQuery(taxCodesQuery).data?.items ?? []
  const locations = useQuery(locationsQuery(client.id)).data?.items ?? []
  const initial = useRef(valuesOf(client))
  const { form, busy, failure, submit } = useApiForm({
    initialValues: initial.current,
    edited: { of: client, valuesOf, load: useLoadClient() },
    validate: {
      hourly_rate: (rate, { currency }) =>
        numberProblem(rate, { kind: 'money', currency: currency || undefined, min: '0', optional: true }),
      billing_cc_emails: emailListProblem,
      billing_email: (email) => (email.trim() && !isEmail(email.trim()) ? hints.invalidEmail(email) : null),
      net_terms: (days) => numberProblem(days, { kind: 'whole', min: '0', max: '365' }),
    },
  })

  const guard = useLeaveGuard(form.isDirty(), busy)

  async function save(event: FormEvent) {
    event.preventDefault()
    const done = await submit((values) => update.mutateAsync(bodyOf(values)))
    if (done) notifyDone(common.saved(client.name))
  }

  return (
    <form onSubmit={save} noValidate>
      <fieldset disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack gap="md">
          {failure && (
            <Alert color="red" role="alert">
              {failure}
            </Alert>
          )}
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Section title={clients.parts.billing}>
              <Stack gap="sm">
                <TextInput
                  label={fields.billing_contact_name}
                  {...form.getInputProps('billing_contact_name')}
                />
                <TextInput
                  label={fields.billing_email}
                  type="email"
                  description={hints.billing_email}
                  {...form.getInputProps('billing_email')}
                />
                <EmailList
                  label={fields.billing_cc_emails}
                  description={hints.billing_cc_emails}
                  {...form.getInputProps('billing_cc_emails')}
                />
                <NativeSelect
                  label={fields.billing_location_id}
                  description={hints.billing_location_id}
                  data={[
                    { value: '', label: hints.primaryLocation },
                    ...locations.map((place) => ({ value: place.id!, label: place.name })),
                  ]}
                  {...form.getInputProps('billing_location_id')}
                />
              </Stack>
            </Section>
            <Section title={clients.parts.terms}>
              <Stack gap="sm">
                <CurrencySelect {...form.getInputProps('currency')} />
                <NumberField
                  kind="whole"
                  label={`${fields.net_terms} (days)`}
                  {...form.getInputProps('net_terms')}
                />
                <NumberField
                  kind="money"
                  currency={form.getValues().currency || undefined}
                  unit="Hour"
                  label={`${fields.hourly_rate} (${form.getValues().currency})`}
                  description={hints.hourly_rate}
                  {...form.getInputProps('hourly_rate')}
                />
                <NativeSelect
                  label={fields.tax_code}
                  data={[
                    { value: '', label: '—' },
                    ...taxCodes.map((code) => ({ value: code.id!, label: code.name })),
                  ]}
                  {...form.getInputProps('tax_code_id')}
                />
                <TextInput label={fields.tax_id} {...form.getInputProps('tax_id')} />
              </Stack>
            </Section>
          </SimpleGrid>
          {mayWrite && (
            <Group justify="flex-end">
              <Button variant="default" disabled={!form.isDirty()} onClick={() => form.reset()}>
                {common.cancel}
              </Button>
              <Button type="submit" loading={busy} disabled={!form.isDirty()}>
                {common.save}
              </Button>
            </Group>
          )}
        </Stack>
      </fieldset>
      {guard.question}
    </form>
  )
}

function valuesOf(client: Client) {
  return {
    billing_contact_name: client.billing_contact_name ?? '',
    billing_email: client.billing_email ?? '',
    billing_cc_emails: client.billing_cc_emails,
    billing_location_id: client.billing_location_id ?? '',
    currency: client.currency ?? '',
    net_terms: String(client.net_terms),
    hourly_rate: client.hourly_rate ?? '',
    tax_id: client.tax_id ?? '',
    tax_code_id: client.tax_code_id ?? '',
  }
}

function bodyOf(values: ReturnType<typeof valuesOf>) {
  return {
    billing_contact_name: orNull(values.billing_contact_name),
    billing_email: orNull(values.billing_email),
    billing_cc_emails: values.billing_cc_emails,
    billing_location_id: orNull(values.billing_location_id),
    currency: values.currency,
    net_terms: readWhole(values.net_terms)!,
    hourly_rate: readOptional(values.hourly_rate),
    tax_id: orNull(values.tax_id),
    tax_code_id: orNull(values.tax_code_id),
  }
}
