/** From which day on changed terms of an agreement in force apply, and why. */
import { Stack, Textarea, TextInput } from '@mantine/core'
import { agreementForm } from '@/shared/i18n/en/agreementForm'
import { Section } from '@/shared/Section'
import type { Form } from './formParts'

const words = agreementForm.amendment

export function AmendmentFields({ form, from }: { form: Form; from: string }) {
  return (
    <Section title={words.title}>
      <Stack gap="sm">
        <TextInput
          type="date"
          label={words.day}
          description={words.dayHint}
          min={from}
          required
          {...form.getInputProps('first_day')}
        />
        <Textarea
          label={words.reason}
          required
          autosize
          minRows={2}
          maxLength={500}
          {...form.getInputProps('reason')}
        />
      </Stack>
    </Section>
  )
}
