import { Checkbox, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import formClasses from '@/features/catalog/form.module.css'
import { NumberField } from '@/shared/form/NumberField'
import { agreementForm as words } from '@/shared/i18n/en/agreementForm'
import { agreements } from '@/shared/i18n/en/agreements'
import { Section } from '@/shared/Section'
import type { StepProps } from './formParts'

const { fields } = agreements

export function TermsStep({ form, currency, isFixed }: StepProps) {
  const input = form.getInputProps
  const fixedPrice = form.getValues().type === 'fixed_price'
  const of = (label: string) => (currency ? `${label} (${currency})` : label)
  return (
    <Section title={words.steps.terms}>
      <Stack gap="sm">
        <div className={formClasses.row}>
          <TextInput
            type="date"
            label={fields.start_date}
            required
            disabled={isFixed('start_date')}
            description={isFixed('start_date') ? words.fixed : undefined}
            {...input('start_date')}
          />
          <TextInput
            type="date"
            label={fields.end_date}
            description={words.endHint}
            disabled={isFixed('end_date')}
            {...input('end_date')}
          />
        </div>
        <div className={formClasses.row}>
          <NumberField
            kind="money"
            currency={currency}
            label={of(fields.recurring_amount)}
            required={fixedPrice}
            disabled={isFixed('recurring_amount')}
            {...input('recurring_amount')}
          />
          <NativeSelect
            label={fields.frequency}
            required={fixedPrice}
            disabled={isFixed('frequency')}
            data={[
              { value: '', label: words.none },
              ...Object.entries(agreements.frequencies).map(([value, label]) => ({ value, label })),
            ]}
            {...input('frequency')}
          />
        </div>
        <div className={formClasses.row}>
          <NumberField
            kind="money"
            currency={currency}
            unit="hour"
            label={of(fields.overage_rate)}
            description={words.overageHint}
            disabled={isFixed('overage_rate')}
            {...input('overage_rate')}
          />
          <NumberField
            kind="whole"
            label={fields.net_terms}
            description={words.netTermsHint}
            disabled={isFixed('net_terms')}
            {...input('net_terms')}
          />
        </div>
        <NumberField
          kind="whole"
          label={fields.notice_days}
          description={words.noticeHint}
          disabled={isFixed('notice_days')}
          {...input('notice_days')}
        />
        <NativeSelect
          label={fields.sla_hours}
          description={words.slaHint}
          data={Object.entries(agreements.slaHours).map(([value, label]) => ({ value, label }))}
          disabled={isFixed('sla_hours')}
          {...input('sla_hours')}
        />
        {form.getValues().end_date && (
          <Checkbox
            label={fields.auto_renew}
            description={words.renewHint}
            disabled={isFixed('auto_renew')}
            {...input('auto_renew', { type: 'checkbox' })}
          />
        )}
        <Textarea
          label={fields.scope}
          autosize
          minRows={2}
          maxRows={8}
          disabled={isFixed('scope')}
          {...input('scope')}
        />
        <Textarea
          label={fields.exclusions}
          autosize
          minRows={2}
          maxRows={8}
          disabled={isFixed('exclusions')}
          {...input('exclusions')}
        />
        <Textarea
          label={fields.internal_notes}
          description={words.notesHint}
          autosize
          minRows={2}
          maxRows={8}
          {...input('internal_notes')}
        />
      </Stack>
    </Section>
  )
}
