/** Who the organisation is, and its colour. */
import { luminance, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { settings as words } from '@/shared/i18n/en/settings'
import { Section } from '@/shared/Section'
import { Logo } from './logo'
import classes from './organisation.module.css'
import type { Settings } from './queries'
import { SectionForm } from './sectionForm'

const { fields, hints, parts } = words

const valuesOf = ({ name, address, email, tax_id, brand_color }: Settings) => ({
  name,
  address,
  email,
  tax_id,
  brand_color,
})

export function OrganisationForm({ settings }: { settings: Settings }) {
  return (
    <SectionForm
      settings={settings}
      valuesOf={valuesOf}
      bodyOf={(values) => values}
      validate={{ name: (text) => (text.trim() ? null : words.needed) }}
    >
      {(form) => (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Section title={parts.organisation}>
            <Stack gap="sm">
              <TextInput label={fields.name} required maxLength={200} {...form.getInputProps('name')} />
              <Textarea
                label={fields.address}
                description={hints.address}
                autosize
                minRows={3}
                maxLength={1000}
                {...form.getInputProps('address')}
              />
              <TextInput
                label={fields.email}
                description={hints.email}
                type="email"
                {...form.getInputProps('email')}
              />
              <TextInput label={fields.tax_id} maxLength={100} {...form.getInputProps('tax_id')} />
            </Stack>
          </Section>
          <Section title={parts.brand}>
            <Stack gap="sm">
              <Logo settings={settings} />
              <TextInput
                type="color"
                label={fields.brand_color}
                description={hints.brand_color}
                w={220}
                {...form.getInputProps('brand_color')}
              />
              <Preview name={form.getValues().name} color={form.getValues().brand_color} />
            </Stack>
          </Section>
        </SimpleGrid>
      )}
    </SectionForm>
  )
}

/** White where it has the contrast that WCAG AA asks for, as the server decides it. */
const textOn = (color: string) => (1.05 / (luminance(color) + 0.05) >= 4.5 ? '#ffffff' : '#000000')

function Preview({ name, color }: { name: string; color: string }) {
  return (
    <figure className={classes.preview}>
      <div className={classes.head} style={{ background: color, color: textOn(color) }}>
        {name}
      </div>
      <Text component="figcaption" size="xs" c="dimmed">
        {words.previewMail}
      </Text>
    </figure>
  )
}
