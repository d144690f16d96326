import { SimpleGrid, Stack, Text } from '@mantine/core'
import { formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { catalog } from '@/shared/i18n/en/catalog'
import { formatMoney, formatQuantity } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { shownRate } from './columns'
import type { Service } from './queries'

const { fields, parts } = catalog

export function Overview({ service }: { service: Service }) {
  const mayMoney = useMay('money.read')
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title={parts.about}>
          <Text size="sm" mb="sm" style={{ whiteSpace: 'pre-line' }}>
            {service.description}
          </Text>
          <Facts
            facts={[
              [fields.kind, catalog.kinds[service.kind]],
              [fields.category, service.category],
              [fields.uses, catalog.usedBy(service.client_count, service.agreement_count)],
              [fields.updated_at, formatInstant(service.updated_at)],
            ]}
          />
        </Section>
        <Section title={parts.pricing}>
          <Facts facts={mayMoney ? [...money(service), ...terms(service)] : terms(service)} />
        </Section>
      </SimpleGrid>
      {service.internal_notes && (
        <Section title={parts.notes}>
          <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
            {service.internal_notes}
          </Text>
        </Section>
      )}
    </Stack>
  )
}

type FactList = Parameters<typeof Facts>[0]['facts']

const money = (service: Service): FactList => [
  [fields.default_rate, shownRate(service)],
  [fields.setup_fee, formatMoney(service.setup_fee, service.currency)],
  [fields.cost, formatMoney(service.cost, service.currency)],
]

function terms(service: Service): FactList {
  const facts: FactList = [[fields.currency, service.currency]]
  if (service.kind === 'labor')
    facts.push([fields.minimum_hours, service.minimum_hours && formatQuantity(service.minimum_hours)])
  if (service.kind === 'recurring')
    facts.push([fields.billing_cycle, service.billing_cycle && catalog.cycles[service.billing_cycle]])
  return facts
}
