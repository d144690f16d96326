import { Badge, SimpleGrid, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Facts } from '@/shared/Facts'
import { catalog } from '@/shared/i18n/en/catalog'
import { plans as words } from '@/shared/i18n/en/catalogPrices'
import { common } from '@/shared/i18n/en/common'
import { Section } from '@/shared/Section'
import { type AttributeValue, shownAttribute } from './attributes'
import { planCategoriesQuery, type Service } from './queries'

/** What a subscription made of the plan starts with. */
export function PlanOverview({ service }: { service: Service }) {
  const steps = service.provisioning_checklist
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Section title={catalog.parts.plan}>
        <Facts
          facts={[
            [catalog.fields.billing_cycle, service.billing_cycle && catalog.cycles[service.billing_cycle]],
            [words.term, service.term_months],
            [
              words.category,
              service.subscription_category && words.categories[service.subscription_category],
            ],
          ]}
        />
        <Defaults service={service} />
      </Section>
      <Section title={words.checklist}>
        {steps.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.noSteps}
          </Text>
        ) : (
          <ol style={{ margin: 0, paddingLeft: '1.25rem' }}>
            {steps.map((step) => (
              <li key={step.name} style={{ padding: '0.15rem 0' }}>
                <Text span size="sm">
                  {step.name}{' '}
                </Text>
                {!step.required && <Badge color="gray">{words.optional}</Badge>}
                <Text size="xs" c="dimmed">
                  {step.description}
                </Text>
              </li>
            ))}
          </ol>
        )}
      </Section>
    </SimpleGrid>
  )
}

function Defaults({ service }: { service: Service }) {
  const { data } = useQuery(planCategoriesQuery)
  const known = data?.items.find(({ key }) => key === service.subscription_category)?.attributes ?? []
  const defaults = Object.entries(service.attribute_defaults)
  if (defaults.length === 0) return null
  return (
    <>
      <Text size="xs" c="dimmed" mt="sm" mb={4}>
        {words.attributes}
      </Text>
      <Facts
        facts={defaults.map(([key, value]) => [
          known.find((attribute) => attribute.key === key)?.label ?? key,
          typeof value === 'boolean'
            ? value
              ? common.yes
              : common.no
            : shownAttribute(value as AttributeValue),
        ])}
      />
    </>
  )
}
