/** Numbers and terms of invoices. */
import { NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { today } from '@/shared/dates'
import { NumberField } from '@/shared/form/NumberField'
import { settings as words } from '@/shared/i18n/en/settings'
import { numberProblem, readWhole } from '@/shared/numbers'
import { Section } from '@/shared/Section'
import { exampleNumber } from './exampleNumber'
import type { Settings } from './queries'
import { SectionForm } from './sectionForm'

const { fields, hints, parts } = words

const options = (texts: Record<string, string>) =>
  Object.entries(texts).map(([value, label]) => ({ value, label }))

const valuesOf = (settings: Settings) => ({
  invoice_series: settings.invoice_series,
  invoice_number_format: settings.invoice_number_format,
  invoice_number_digits: String(settings.invoice_number_digits),
  invoice_number_year: settings.invoice_number_year,
  tax_rounding: settings.tax_rounding,
  issue_on_run: String(settings.issue_on_run),
  net_terms: String(settings.net_terms),
})

const bodyOf = (values: ReturnType<typeof valuesOf>) => ({
  ...values,
  invoice_number_digits: readWhole(values.invoice_number_digits)!,
  issue_on_run: values.issue_on_run === 'true',
  net_terms: readWhole(values.net_terms)!,
})

export function InvoicesForm({ settings }: { settings: Settings }) {
  return (
    <SectionForm
      settings={settings}
      valuesOf={valuesOf}
      bodyOf={bodyOf}
      validate={{
        invoice_number_digits: (text) => numberProblem(text, { kind: 'whole', min: '1', max: '9' }),
        net_terms: (text) => numberProblem(text, { kind: 'whole', min: '0', max: '365' }),
      }}
    >
      {(form) => {
        const values = form.getValues()
        return (
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Section title={parts.numbers}>
              <Stack gap="sm">
                <TextInput
                  label={fields.invoice_series}
                  description={hints.invoice_series}
                  maxLength={10}
                  {...form.getInputProps('invoice_series')}
                />
                <TextInput
                  label={fields.invoice_number_format}
                  description={hints.invoice_number_format}
                  maxLength={60}
                  {...form.getInputProps('invoice_number_format')}
                />
                <NumberField
                  kind="whole"
                  label={fields.invoice_number_digits}
                  description={hints.invoice_number_digits}
                  {...form.getInputProps('invoice_number_digits')}
                />
                <NativeSelect
                  label={fields.invoice_number_year}
                  data={options(words.years)}
                  {...form.getInputProps('invoice_number_year')}
                />
                <output>{words.exampleNumber(exampleNumber(values, today().slice(0, 4)))}</output>
              </Stack>
            </Section>
            <Section title={parts.billing}>
              <Stack gap="sm">
                <NativeSelect
                  label={fields.issue_on_run}
                  data={options(words.issuing)}
                  {...form.getInputProps('issue_on_run')}
                />
                <NativeSelect
                  label={fields.tax_rounding}
                  data={options(words.roundings)}
                  {...form.getInputProps('tax_rounding')}
                />
                <NumberField kind="whole" label={fields.net_terms} {...form.getInputProps('net_terms')} />
              </Stack>
            </Section>
          </SimpleGrid>
        )
      }}
    </SectionForm>
  )
}
