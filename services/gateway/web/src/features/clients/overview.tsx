import { SimpleGrid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { clients } from '@/shared/i18n/en/clients'
import { common } from '@/shared/i18n/en/common'
import { formatRate } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { type Client, contactsQuery } from './queries'
import { RecentInvoices } from './recentInvoices'

const { fields } = clients

export function Overview({ client }: { client: Client }) {
  const mayInvoices = useMay('invoices.read')
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title={clients.sections.about}>
          <Facts
            facts={[
              [fields.country, client.country_name ?? client.country],
              [fields.time_zone, client.time_zone],
              [fields.support_contact, <SupportContact key="contact" client={client} />],
              [fields.updated_at, formatInstant(client.updated_at)],
            ]}
          />
        </Section>
        <Section title={clients.sections.terms}>
          <Facts
            facts={[
              [fields.billing_contact_name, client.billing_contact_name],
              [fields.billing_email, <BillingEmail key="email" client={client} />],
              [fields.billing_cc_emails, client.billing_cc_emails.join(', ')],
              [fields.net_terms, clients.netDays(client.net_terms)],
              [fields.hourly_rate, formatRate(client.hourly_rate, client.currency, 'hour')],
              [fields.currency, client.currency],
              [fields.tax_id, client.tax_id],
            ]}
          />
        </Section>
      </SimpleGrid>
      {mayInvoices && <RecentInvoices client={client} />}
    </Stack>
  )
}

function SupportContact({ client }: { client: Client }) {
  const { data } = useQuery(contactsQuery(client.id))
  const contact = data?.items.find((one) => one.id === client.primary_support_contact_id)
  return contact ? contact.name : common.none
}

function BillingEmail({ client }: { client: Client }) {
  if (client.billing_email || !client.invoice_email) return client.billing_email ?? common.none
  return (
    <>
      {client.invoice_email}
      <Text size="xs" c="dimmed">
        {clients.fallbackEmail}
      </Text>
    </>
  )
}
