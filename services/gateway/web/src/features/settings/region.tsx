/** Currency, time zone, language and fiscal year. */
import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { CurrencySelect, TimeZoneSelect } from '@/features/clients/choices'
import { settings as words } from '@/shared/i18n/en/settings'
import { Section } from '@/shared/Section'
import { languagesQuery, type Settings } from './queries'
import { SectionForm } from './sectionForm'

const { fields, hints, parts } = words

const valuesOf = ({ currency, time_zone, locale, fiscal_year_start }: Settings) => ({
  currency,
  time_zone,
  locale,
  fiscal_year_start,
})

export function RegionForm({ settings }: { settings: Settings }) {
  const languages = useQuery(languagesQuery).data?.items ?? []
  return (
    <SectionForm settings={settings} valuesOf={valuesOf} bodyOf={(values) => values}>
      {(form) => (
        <Section title={parts.region}>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <CurrencySelect
              label={fields.currency}
              description={hints.currency}
              {...form.getInputProps('currency')}
            />
            <TimeZoneSelect
              label={fields.time_zone}
              description={hints.time_zone}
              {...form.getInputProps('time_zone')}
            />
            <NativeSelect
              label={fields.locale}
              data={languages.map(({ code, name }) => ({ value: code, label: name }))}
              {...form.getInputProps('locale')}
            />
            <TextInput
              label={fields.fiscal_year_start}
              description={hints.fiscal_year_start}
              placeholder="01-01"
              {...form.getInputProps('fiscal_year_start')}
            />
          </SimpleGrid>
        </Section>
      )}
    </SectionForm>
  )
}
