import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core'
import { formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { clients } from '@/shared/i18n/en/clients'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { formatRate } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { useAnswers } from './customFieldInputs'
import classes from './parts.module.css'
import type { Client } from './queries'
import { TagBadges } from './tagBadges'

const Account = lazyPart(async () => (await import('./account')).Account)
const RecentInvoices = lazyPart(async () => (await import('./recentInvoices')).RecentInvoices)
const Technicians = lazyPart(async () => (await import('./technicians')).Technicians)

const { fields } = clients

export function Overview({ client }: { client: Client }) {
  const mayInvoices = useMay('invoices.read')
  const answers = useAnswers('client', client.custom_fields)
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title={clients.parts.about}>
          <Facts
            facts={[
              [fields.address, <Address key="address" client={client} />],
              [fields.phone, client.phone_display ?? client.phone],
              [fields.website, client.website && <Site key="site" url={client.website} />],
              [fields.industry, client.industry],
              [fields.time_zone, client.time_zone],
              [fields.support_contact, client.primary_support_contact?.name],
              [fields.tags, client.tags.length > 0 && <TagBadges key="tags" tags={client.tags} />],
              [fields.referral_source, client.referral_source],
              ...answers,
              [
                fields.notes,
                client.notes && (
                  <Text key="notes" size="sm" className={classes.body}>
                    {client.notes}
                  </Text>
                ),
              ],
              [fields.updated_at, formatInstant(client.updated_at)],
            ]}
          />
        </Section>
        <Section title={clients.parts.terms}>
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
      {mayInvoices && <Account clientId={client.id} />}
      <Technicians client={client} />
      {mayInvoices && <RecentInvoices client={client} />}
    </Stack>
  )
}

function Address({ client }: { client: Client }) {
  const place = client.primary_location
  if (!place) return client.country_name ?? client.country ?? common.none
  return <span className={classes.address}>{place.formatted}</span>
}

function Site({ url }: { url: string }) {
  return (
    <Anchor size="sm" href={url} target="_blank" rel="noreferrer">
      {url.replace(/^https?:\/\//, '')}
    </Anchor>
  )
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
