/** Rounding of time, and the policies of rates. */
import { Checkbox, NativeSelect, SimpleGrid, Stack } from '@mantine/core'
import { NumberField } from '@/shared/form/NumberField'
import { settings as words } from '@/shared/i18n/en/settings'
import { numberProblem, readOptional } from '@/shared/numbers'
import { Section } from '@/shared/Section'
import type { Settings } from './queries'
import { SectionForm } from './sectionForm'

const { fields, hints, parts } = words
const hoursProblem = (text: string) =>
  numberProblem(text, { kind: 'quantity', min: '0', max: '24', optional: true })

const options = (texts: Record<string, string>) =>
  Object.entries(texts).map(([value, label]) => ({ value, label }))

const valuesOf = (settings: Settings) => ({
  time_increment: settings.time_increment ?? '',
  time_minimum: settings.time_minimum ?? '',
  approve_time: settings.approve_time,
  parallel_timers: settings.parallel_timers,
  rate_change_policy: settings.rate_change_policy,
  inherit_services: settings.inherit_services,
})

const bodyOf = (values: ReturnType<typeof valuesOf>) => ({
  ...values,
  time_increment: readOptional(values.time_increment),
  time_minimum: readOptional(values.time_minimum),
})

export function WorkForm({ settings }: { settings: Settings }) {
  return (
    <SectionForm
      settings={settings}
      valuesOf={valuesOf}
      bodyOf={bodyOf}
      validate={{ time_increment: hoursProblem, time_minimum: hoursProblem }}
    >
      {(form) => (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Section title={parts.time}>
            <Stack gap="sm">
              <NumberField
                kind="quantity"
                label={fields.time_increment}
                description={hints.time_increment}
                {...form.getInputProps('time_increment')}
              />
              <NumberField
                kind="quantity"
                label={fields.time_minimum}
                description={hints.time_minimum}
                {...form.getInputProps('time_minimum')}
              />
              <Checkbox
                label={fields.approve_time}
                description={hints.approve_time}
                {...form.getInputProps('approve_time', { type: 'checkbox' })}
              />
              <Checkbox
                label={fields.parallel_timers}
                description={hints.parallel_timers}
                {...form.getInputProps('parallel_timers', { type: 'checkbox' })}
              />
            </Stack>
          </Section>
          <Section title={parts.policies}>
            <Stack gap="sm">
              <NativeSelect
                label={fields.rate_change_policy}
                data={options(words.rateChanges)}
                {...form.getInputProps('rate_change_policy')}
              />
              <NativeSelect
                label={fields.inherit_services}
                data={options(words.inheritance)}
                {...form.getInputProps('inherit_services')}
              />
            </Stack>
          </Section>
        </SimpleGrid>
      )}
    </SectionForm>
  )
}
