/** What makes a recurring service a plan: its term, how a subscription is set up, and what it starts with. */
import { Input, NativeSelect, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { NumberField } from '@/shared/form/NumberField'
import { catalog } from '@/shared/i18n/en/catalog'
import { plans as words } from '@/shared/i18n/en/catalogPrices'
import { Section } from '@/shared/Section'
import { AttributeFields } from './attributeFields'
import { Checklist } from './checklist'
import classes from './form.module.css'
import type { Values } from './formValues'

const choices = (texts: Record<string, string>) => [
  { value: '', label: '—' },
  ...Object.entries(texts).map(([value, label]) => ({ value, label })),
]

export function PlanFields({ form }: { form: UseFormReturnType<Values> }) {
  const values = form.getValues()
  const input = form.getInputProps
  return (
    <>
      <Section title={catalog.parts.plan}>
        <div className={classes.row}>
          <NativeSelect
            label={catalog.fields.billing_cycle}
            data={choices(catalog.cycles)}
            required
            {...input('billing_cycle')}
          />
          <NumberField kind="whole" label={words.term} {...input('term_months')} />
          <NativeSelect
            label={words.category}
            data={choices(words.categories)}
            {...input('subscription_category')}
            onChange={(event) =>
              form.setValues({
                subscription_category: event.currentTarget.value,
                attribute_defaults: {},
              })
            }
          />
        </div>
      </Section>
      {values.subscription_category && (
        <AttributeFields
          category={values.subscription_category}
          value={values.attribute_defaults}
          error={form.errors.attribute_defaults}
          onChange={(next) => form.setFieldValue('attribute_defaults', next)}
        />
      )}
      <Section title={words.checklist}>
        <Stack gap={6}>
          <Checklist
            value={values.provisioning_checklist}
            onChange={(next) => form.setFieldValue('provisioning_checklist', next)}
          />
          {form.errors.provisioning_checklist && (
            <Input.Error role="alert">{form.errors.provisioning_checklist}</Input.Error>
          )}
        </Stack>
      </Section>
    </>
  )
}
