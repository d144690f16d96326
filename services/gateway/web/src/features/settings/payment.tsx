/** How clients pay, for all currencies and for single ones. */
import { Text, Textarea } from '@mantine/core'
import { CurrencySelect } from '@/features/clients/choices'
import { settings as words } from '@/shared/i18n/en/settings'
import { Section } from '@/shared/Section'
import type { Settings } from './queries'
import { keyed, Rows } from './rows'
import classes from './rows.module.css'
import { SectionForm } from './sectionForm'

const { fields, hints, parts } = words

const valuesOf = (settings: Settings) => ({
  payment_instructions: keyed(
    settings.payment_instructions.map(({ currency, text }) => ({ currency: currency ?? '', text })),
  ),
})

const bodyOf = ({ payment_instructions }: ReturnType<typeof valuesOf>) => ({
  payment_instructions: payment_instructions.map(({ currency, text }) => ({
    currency: currency || null,
    text,
  })),
})

export function PaymentForm({ settings }: { settings: Settings }) {
  return (
    <SectionForm settings={settings} valuesOf={valuesOf} bodyOf={bodyOf}>
      {(form) => {
        const input = form.getInputProps('payment_instructions')
        return (
          <Section title={parts.payment}>
            <Text size="xs" c="dimmed" mb="xs">
              {hints.payment}
            </Text>
            <Rows
              name={fields.payment_instructions!}
              value={form.getValues().payment_instructions}
              onChange={input.onChange}
              error={input.error}
              addLabel={words.addInstructions}
              added={{ currency: '', text: '' }}
            >
              {(row, change, number) => (
                <>
                  <CurrencySelect
                    label={null}
                    size="xs"
                    aria-label={words.row(fields.currency!, number)}
                    placeholder={words.otherCurrencies}
                    value={row.currency}
                    onChange={(event) => change({ currency: event.currentTarget.value })}
                  />
                  <Textarea
                    size="xs"
                    className={classes.grow}
                    aria-label={words.row(words.text, number)}
                    autosize
                    minRows={2}
                    maxLength={2000}
                    value={row.text}
                    onChange={(event) => change({ text: event.currentTarget.value })}
                  />
                </>
              )}
            </Rows>
          </Section>
        )
      }}
    </SectionForm>
  )
}
