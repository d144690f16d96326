/** Business hours and holidays, with the holidays of the next 12 months under the saved settings. */
import { Checkbox, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatDate, today, yearLater } from '@/shared/dates'
import { settings as words } from '@/shared/i18n/en/settings'
import { Section } from '@/shared/Section'
import { calendarQuery, holidayCountriesQuery, type Settings } from './queries'
import { type Keyed, keyed, Rows } from './rows'
import classes from './rows.module.css'
import { SectionForm } from './sectionForm'
import { Targets, targetsOf, targetsProblem, textsOf } from './targets'

const { fields, hints, parts } = words
type Opening = Settings['business_hours'][number] & Keyed
type Holiday = Settings['own_holidays'][number] & Keyed

const valuesOf = (settings: Settings) => ({
  business_hours: keyed(settings.business_hours),
  holiday_country: settings.holiday_country ?? '',
  holiday_subdivision: settings.holiday_subdivision ?? '',
  own_holidays: keyed(settings.own_holidays),
  sla_targets: textsOf(settings.sla_targets),
})

const bodyOf = (values: ReturnType<typeof valuesOf>) => ({
  business_hours: values.business_hours.map(({ key: _, ...opening }) => opening),
  holiday_country: values.holiday_country || null,
  holiday_subdivision: (values.holiday_country && values.holiday_subdivision) || null,
  own_holidays: values.own_holidays.map(({ key: _, ...holiday }) => holiday),
  sla_targets: targetsOf(values.sla_targets),
})

export function HoursForm({ settings }: { settings: Settings }) {
  const countries = useQuery(holidayCountriesQuery).data?.items ?? []
  return (
    <SectionForm
      settings={settings}
      valuesOf={valuesOf}
      bodyOf={bodyOf}
      validate={{ sla_targets: targetsProblem }}
    >
      {(form) => {
        const country = countries.find(({ code }) => code === form.getValues().holiday_country)
        return (
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            <Stack gap="md">
              <Section title={parts.hours}>
                <Text size="xs" c="dimmed" mb="xs">
                  {hints.hours}
                </Text>
                <Openings {...form.getInputProps('business_hours')} />
              </Section>
              <Targets {...form.getInputProps('sla_targets')} />
            </Stack>
            <Stack gap="md">
              <Section title={parts.holidays}>
                <Stack gap="sm">
                  <NativeSelect
                    label={fields.holiday_country}
                    data={[
                      { value: '', label: words.noCountry },
                      ...countries.map(({ code, name }) => ({ value: code, label: name })),
                    ]}
                    {...form.getInputProps('holiday_country')}
                    onChange={(event) => {
                      form.setFieldValue('holiday_country', event.currentTarget.value)
                      form.setFieldValue('holiday_subdivision', '')
                    }}
                  />
                  {country && country.subdivisions.length > 0 && (
                    <NativeSelect
                      label={fields.holiday_subdivision}
                      data={[
                        { value: '', label: words.wholeCountry },
                        ...country.subdivisions.map(({ code, name }) => ({ value: code, label: name })),
                      ]}
                      {...form.getInputProps('holiday_subdivision')}
                    />
                  )}
                  <div>
                    <Text size="sm" fw={500}>
                      {fields.own_holidays}
                    </Text>
                    <Text size="xs" c="dimmed" mb={4}>
                      {hints.own}
                    </Text>
                    <Holidays {...form.getInputProps('own_holidays')} />
                  </div>
                </Stack>
              </Section>
              <Upcoming />
            </Stack>
          </SimpleGrid>
        )
      }}
    </SectionForm>
  )
}

type Input<Row> = { value?: Row[]; onChange: (value: Row[]) => void; error?: React.ReactNode }

function Openings({ value = [], onChange, error }: Input<Opening>) {
  return (
    <Rows
      name={fields.business_hours!}
      value={value}
      onChange={onChange}
      error={error}
      addLabel={words.addHours}
      added={{ weekday: 'monday', opens: '09:00', closes: '17:00' }}
    >
      {(row, change, number) => (
        <>
          <NativeSelect
            size="xs"
            className={classes.weekday}
            aria-label={words.row(words.weekday, number)}
            data={Object.entries(words.weekdays).map(([day, label]) => ({ value: day, label }))}
            value={row.weekday}
            onChange={(event) => change({ weekday: event.currentTarget.value as Opening['weekday'] })}
          />
          {(['opens', 'closes'] as const).map((end) => (
            <TextInput
              key={end}
              size="xs"
              className={classes.short}
              aria-label={words.row(words[end], number)}
              placeholder={words[end]}
              maxLength={5}
              value={row[end]}
              onChange={(event) => change({ [end]: event.currentTarget.value })}
            />
          ))}
        </>
      )}
    </Rows>
  )
}

function Holidays({ value = [], onChange, error }: Input<Holiday>) {
  return (
    <Rows
      name={fields.own_holidays!}
      value={value}
      onChange={onChange}
      error={error}
      addLabel={words.addHoliday}
      added={{ name: '', day: today(), every_year: false }}
    >
      {(row, change, number) => (
        <>
          <TextInput
            size="xs"
            className={classes.grow}
            aria-label={words.row(words.holidayName, number)}
            placeholder={words.holidayName}
            maxLength={100}
            value={row.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            type="date"
            aria-label={words.row(words.day, number)}
            value={row.day}
            onChange={(event) => change({ day: event.currentTarget.value })}
          />
          <Checkbox
            size="xs"
            label={words.everyYear}
            aria-label={words.row(words.everyYear, number)}
            checked={row.every_year}
            onChange={(event) => change({ every_year: event.currentTarget.checked })}
          />
        </>
      )}
    </Rows>
  )
}

function Upcoming() {
  const start = today()
  const end = yearLater(start)
  const { data } = useQuery(calendarQuery(start, end))
  const holidays = data?.items.filter(({ day, holiday }) => holiday && day < end) ?? []
  return (
    <Section title={parts.upcoming}>
      {holidays.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.noHolidays}
        </Text>
      ) : (
        <ul className={classes.rows}>
          {holidays.map(({ day, holiday }) => (
            <li key={day}>
              <Text size="sm">
                {formatDate(day)} · {holiday}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
