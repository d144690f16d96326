import { NativeSelect, Stack, TextInput } from '@mantine/core'
import { ClientPicker } from '@/features/clients/clientPicker'
import { agreementForm as words } from '@/shared/i18n/en/agreementForm'
import { agreements } from '@/shared/i18n/en/agreements'
import { Section } from '@/shared/Section'
import type { StepProps } from './formParts'
import { NO_TERMS } from './values'

const { fields } = agreements

type Props = StepProps & { editing: boolean }

export function ClientStep({ form, isFixed, editing }: Props) {
  const input = form.getInputProps
  const { type } = form.getValues()

  /** Services belong to a client's own rate card: another client starts without them. */
  function choose(clientId: string) {
    form.setFieldValue('client_id', clientId)
    form.setFieldValue('services', {})
  }

  return (
    <Section title={words.steps.client}>
      <Stack gap="sm">
        {!editing && (
          <ClientPicker label={fields.client} required {...input('client_id')} onChange={choose} />
        )}
        <TextInput
          label={fields.name}
          required
          maxLength={200}
          disabled={isFixed('name')}
          {...input('name')}
        />
        <NativeSelect
          label={fields.type}
          description={isFixed('type') ? words.fixed : words.typeHints[type]}
          disabled={isFixed('type')}
          data={Object.entries(agreements.types).map(([value, label]) => ({ value, label }))}
          {...input('type')}
        />
        <TextInput label={fields.reference} maxLength={200} {...input('reference')} />
      </Stack>
    </Section>
  )
}

/** An item as it is, or one without terms of its own. */
export const itemAt = (items: Record<string, typeof NO_TERMS>, id: string) => items[id] ?? NO_TERMS
