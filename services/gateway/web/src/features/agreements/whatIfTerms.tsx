/** The terms that decide what time costs: type, price, and how long they last. */
import { NativeSelect, Stack, TextInput } from '@mantine/core'
import formClasses from '@/features/catalog/form.module.css'
import { NumberField } from '@/shared/form/NumberField'
import { agreementForm } from '@/shared/i18n/en/agreementForm'
import { agreements } from '@/shared/i18n/en/agreements'
import { whatIf as words } from '@/shared/i18n/en/whatIf'
import { Section } from '@/shared/Section'
import type { StepProps } from './formParts'

const { fields } = agreements

export function WhatIfTerms({ form, currency }: StepProps) {
  const input = form.getInputProps
  const { type } = form.getValues()
  const fixedPrice = type === 'fixed_price'
  const of = (label: string) => (currency ? `${label} (${currency})` : label)
  return (
    <Section title={words.terms}>
      <Stack gap="sm">
        <TextInput label={fields.name} required maxLength={200} {...input('name')} />
        <NativeSelect
          label={fields.type}
          description={agreementForm.typeHints[type]}
          data={Object.entries(agreements.types).map(([value, label]) => ({ value, label }))}
          {...input('type')}
        />
        <div className={formClasses.row}>
          <NumberField
            kind="money"
            currency={currency}
            label={of(fields.recurring_amount)}
            required={fixedPrice}
            {...input('recurring_amount')}
          />
          <NativeSelect
            label={fields.frequency}
            required={fixedPrice}
            data={[
              { value: '', label: agreementForm.none },
              ...Object.entries(agreements.frequencies).map(([value, label]) => ({ value, label })),
            ]}
            {...input('frequency')}
          />
        </div>
        <NumberField
          kind="money"
          currency={currency}
          unit="hour"
          label={of(fields.overage_rate)}
          description={agreementForm.overageHint}
          {...input('overage_rate')}
        />
        <div className={formClasses.row}>
          <TextInput type="date" label={fields.start_date} required {...input('start_date')} />
          <TextInput
            type="date"
            label={fields.end_date}
            description={agreementForm.endHint}
            {...input('end_date')}
          />
        </div>
      </Stack>
    </Section>
  )
}
