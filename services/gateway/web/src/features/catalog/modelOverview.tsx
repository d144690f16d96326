import { SimpleGrid, Text } from '@mantine/core'
import { Facts } from '@/shared/Facts'
import { catalogPrices as words } from '@/shared/i18n/en/catalogPrices'
import { formatMoney, formatQuantity } from '@/shared/money'
import { Section } from '@/shared/Section'
import { SmallTable } from '@/shared/table/SmallTable'
import { modelValues } from './priceModel'
import type { Service } from './queries'
import { QuotePanel } from './quotePanel'

type Tier = NonNullable<NonNullable<Service['price_model']>['tiers']>[number]

/** How a usage price works, and what a quantity costs by it. */
export function ModelOverview({ service }: { service: Service }) {
  const model = service.price_model!
  const quantity = (units: string | null | undefined) => (units ? formatQuantity(units) : null)
  const facts: Parameters<typeof Facts>[0]['facts'] = [[words.model, words.models[model.model]]]
  for (const field of ['package_size', 'included_units'] as const)
    if (model[field]) facts.push([words.fields[field], quantity(model[field])])
  if (model.minimum_charge)
    facts.push([words.fields.minimum_charge, formatMoney(model.minimum_charge, service.currency)])
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Section title={words.model} flush>
        <div style={{ padding: '0 1rem 0.75rem' }}>
          <Text size="xs" c="dimmed" mb="sm">
            {words.modelHints[model.model]}
          </Text>
          <Facts facts={facts} />
        </div>
        {model.tiers && model.tiers.length > 0 && (
          <SmallTable
            label={words.tiers}
            rows={model.tiers}
            rowKey={(tier) => tier.up_to ?? 'last'}
            columns={[
              { header: words.tier.up_to, cell: (tier: Tier) => quantity(tier.up_to) ?? words.tier.noEnd },
              {
                header: words.tier.unit_price,
                align: 'right',
                // finer than the currency's steps: shown as it is
                cell: (tier: Tier) => `${tier.unit_price} ${service.currency}`,
              },
              {
                header: words.tier.flat_fee,
                align: 'right',
                cell: (tier: Tier) => formatMoney(tier.flat_fee, service.currency),
              },
            ]}
          />
        )}
      </Section>
      <QuotePanel model={modelValues(model)} rate={service.default_rate ?? ''} currency={service.currency} />
    </SimpleGrid>
  )
}
