/** A fixed price split by service, for information. */
import { Input, Text } from '@mantine/core'
import { NumberField } from '@/shared/form/NumberField'
import { agreementForm } from '@/shared/i18n/en/agreementForm'
import { formatPercent, formatQuantity } from '@/shared/money'
import { Section } from '@/shared/Section'
import { itemAt } from './clientStep'
import classes from './editor.module.css'
import type { StepProps } from './formParts'

const words = agreementForm.services

export function SplitStep({ form, currency, choices, isFixed, preview }: StepProps) {
  const { services, coverage } = form.getValues()
  const covered = choices.filter((row) => coverage === 'all' || services[row.id])
  const percents = new Map(preview?.services.map((row) => [row.client_service_id, row.share_percent]))
  return (
    <Section title={agreementForm.steps.split}>
      <Text size="sm" c="dimmed">
        {agreementForm.split.lead}
      </Text>
      <ul className={classes.list}>
        {covered.map((row) => {
          const percent = percents.get(row.id)
          return (
            <li key={row.id} className={classes.item} data-narrow>
              <Text size="sm">{row.name}</Text>
              <NumberField
                kind="money"
                currency={currency}
                size="xs"
                quiet
                aria-label={words.shareOf(row.name)}
                disabled={isFixed('services')}
                value={itemAt(services, row.id).share}
                onChange={(event) =>
                  form.setFieldValue('services', {
                    ...services,
                    [row.id]: { ...itemAt(services, row.id), share: event.currentTarget.value },
                  })
                }
              />
              <Text size="xs" c="dimmed" className="num">
                {percent ? formatPercent(formatQuantity(percent)) : ''}
              </Text>
            </li>
          )
        })}
      </ul>
      {form.errors.services && (
        <Input.Error role="alert" mt="xs">
          {form.errors.services}
        </Input.Error>
      )}
    </Section>
  )
}
