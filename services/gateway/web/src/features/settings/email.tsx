/** The sender of emails. */
import { SimpleGrid, TextInput } from '@mantine/core'
import { settings as words } from '@/shared/i18n/en/settings'
import { Section } from '@/shared/Section'
import type { Settings } from './queries'
import { SectionForm } from './sectionForm'

const { fields, hints, parts } = words

const valuesOf = ({ mail_from_name, mail_from, mail_reply_to }: Settings) => ({
  mail_from_name,
  mail_from,
  mail_reply_to,
})

export function EmailForm({ settings }: { settings: Settings }) {
  return (
    <SectionForm
      settings={settings}
      valuesOf={valuesOf}
      bodyOf={(values) => values}
      validate={{ mail_from: (text) => (text.trim() ? null : words.needed) }}
    >
      {(form) => (
        <Section title={parts.email}>
          <SimpleGrid cols={{ base: 1, md: 3 }}>
            <TextInput
              label={fields.mail_from_name}
              description={hints.mail_from_name}
              placeholder={settings.name}
              maxLength={200}
              {...form.getInputProps('mail_from_name')}
            />
            <TextInput label={fields.mail_from} type="email" required {...form.getInputProps('mail_from')} />
            <TextInput
              label={fields.mail_reply_to}
              description={hints.mail_reply_to}
              type="email"
              {...form.getInputProps('mail_reply_to')}
            />
          </SimpleGrid>
        </Section>
      )}
    </SectionForm>
  )
}
