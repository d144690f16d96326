import { Badge, SimpleGrid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { taxCodeQuery } from '@/features/taxCodes/queries'
import { formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { catalog } from '@/shared/i18n/en/catalog'
import { catalogPrices } from '@/shared/i18n/en/catalogPrices'
import { lazyPart } from '@/shared/lazyPart'
import { formatMoney, formatPercent, formatQuantity } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { NextPrice, shownRate } from './columns'
import type { Service } from './queries'

const PlanOverview = lazyPart(async () => (await import('./planOverview')).PlanOverview)
const ModelOverview = lazyPart(async () => (await import('./modelOverview')).ModelOverview)

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
      {mayMoney && service.price_model && <ModelOverview service={service} />}
      {service.kind === 'recurring' && <PlanOverview service={service} />}
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

function money(service: Service): FactList {
  const others = service.prices.filter(({ currency }) => currency !== service.currency)
  const facts: FactList = [
    [fields.default_rate, shownRate(service)],
    [fields.setup_fee, formatMoney(service.setup_fee, service.currency)],
    [fields.cost, formatMoney(service.cost, service.currency)],
    [fields.margin, <Margin key="margin" service={service} />],
  ]
  if (others.length > 0)
    facts.push([
      catalog.otherCurrencies,
      others.map(({ currency, default_rate }) => formatMoney(default_rate, currency)).join(', '),
    ])
  if (service.next_price) facts.push([catalogPrices.nextLabel, <NextPrice key="next" service={service} />])
  return facts
}

function Margin({ service }: { service: Service }) {
  if (service.margin === null) return '—'
  const low = service.margin.startsWith('-')
  return (
    <>
      {formatMoney(service.margin, service.currency)}
      {service.margin_percent !== null && (
        <Badge ml={6} color={low ? 'orange' : 'gray'}>
          {formatPercent(service.margin_percent)}
        </Badge>
      )}
    </>
  )
}

function terms(service: Service): FactList {
  const facts: FactList = [
    [fields.currency, service.currency],
    [fields.tax_code_id, <TaxCodeName key="tax" id={service.tax_code_id} />],
  ]
  if (service.kind === 'labor')
    facts.push([fields.minimum_hours, service.minimum_hours && formatQuantity(service.minimum_hours)])
  return facts
}

function TaxCodeName({ id }: { id: string | null }) {
  const { data } = useQuery({ ...taxCodeQuery(id ?? ''), enabled: id !== null })
  return id === null ? catalog.taxAsClient : (data?.name ?? '…')
}
