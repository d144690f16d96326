/** What a quantity would cost by the price being edited, step by step, as the server works it out. */
import { Alert, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { NumberField } from '@/shared/form/NumberField'
import { catalogPrices } from '@/shared/i18n/en/catalogPrices'
import { formatMoney } from '@/shared/money'
import { errorText } from '@/shared/notify'
import { Section } from '@/shared/Section'
import { type ModelValues, quoteDraft } from './priceModel'
import classes from './priceModelFields.module.css'
import { quoteQuery } from './priceQueries'

const words = catalogPrices.quote
const DELAY_MS = 250

type Props = { model: ModelValues; rate: string; currency: string }

export function QuotePanel({ model, rate, currency }: Props) {
  const [quantity, setQuantity] = useState('100')
  const draft = quoteDraft(model, { rate, quantity, currency })
  const [asked] = useDebouncedValue(JSON.stringify(draft), DELAY_MS)
  const { data, error, isFetching } = useQuery(quoteQuery(JSON.parse(asked)))
  return (
    <Section title={words.title}>
      <NumberField
        kind="quantity"
        label={words.quantity}
        value={quantity}
        onChange={(event) => setQuantity(event.currentTarget.value)}
      />
      <div aria-live="polite" aria-busy={isFetching}>
        {draft && error ? (
          <Alert color="orange" mt="sm" py={8}>
            {errorText(error)}
          </Alert>
        ) : draft && data ? (
          <>
            <Text fz="1.625rem" fw={640} lh={1.2} mt="sm" className="num">
              {formatMoney(data.amount, data.currency)}
            </Text>
            <ul className={classes.steps}>
              {data.steps.map((step, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other identity than their place
                <li key={at}>
                  <span>{step.description}</span>
                  <span>{formatMoney(step.amount, data.currency)}</span>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <Text size="sm" c="dimmed" mt="sm">
            {words.waiting}
          </Text>
        )}
      </div>
    </Section>
  )
}
