/** The prices a new service has in other currencies, from the start. */
import { ActionIcon, Button, Group, Input, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconX } from '@tabler/icons-react'
import { CurrencySelect } from '@/features/clients/choices'
import { NumberField } from '@/shared/form/NumberField'
import { catalog } from '@/shared/i18n/en/catalog'
import { Section } from '@/shared/Section'
import classes from './form.module.css'
import type { FurtherPrice, Values } from './formValues'
import { PriceModelFields } from './priceModelFields'

const { fields, further: words } = catalog

export function FurtherPrices({ form }: { form: UseFormReturnType<Values> }) {
  const { prices, price_model } = form.getValues()
  const set = (next: FurtherPrice[]) => form.setFieldValue('prices', next)
  const fresh = () => ({
    key: Math.max(0, ...prices.map(({ key }) => key)) + 1,
    currency: '',
    default_rate: '',
    setup_fee: '',
    cost: '',
    price_model,
  })
  return (
    <Section
      title={words.title}
      action={
        <Button
          variant="default"
          leftSection={<IconPlus aria-hidden size={14} />}
          onClick={() => set([...prices, fresh()])}
        >
          {words.add}
        </Button>
      }
    >
      <Stack gap="sm">
        {prices.length === 0 && (
          <Text size="sm" c="dimmed">
            {words.none}
          </Text>
        )}
        {prices.map((price) => (
          <PriceRow
            key={price.key}
            price={price}
            form={form}
            onChange={(change) =>
              set(prices.map((one) => (one.key === price.key ? { ...one, ...change } : one)))
            }
            onRemove={() => set(prices.filter((one) => one.key !== price.key))}
          />
        ))}
        {form.errors.prices && <Input.Error role="alert">{form.errors.prices}</Input.Error>}
      </Stack>
    </Section>
  )
}

type RowProps = {
  price: FurtherPrice
  form: UseFormReturnType<Values>
  onChange: (change: Partial<FurtherPrice>) => void
  onRemove: () => void
}

function PriceRow({ price, form, onChange, onRemove }: RowProps) {
  const { kind, default_unit } = form.getValues()
  const inCurrency = price.currency ? ` (${price.currency})` : ''
  const amount = (field: 'default_rate' | 'setup_fee' | 'cost') => ({
    kind: 'money' as const,
    currency: price.currency || undefined,
    label: fields[field] + inCurrency,
    value: price[field],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [field]: event.currentTarget.value }),
  })
  const rate = <NumberField {...amount('default_rate')} unit={default_unit} required />
  return (
    <Group align="flex-start" gap="xs" wrap="nowrap">
      <Stack gap="xs" style={{ flex: 1 }}>
        <div className={classes.row}>
          <CurrencySelect
            placeholder={words.choose}
            required
            value={price.currency}
            onChange={(event) => onChange({ currency: event.currentTarget.value })}
          />
          {kind !== 'usage' && rate}
          <NumberField {...amount('setup_fee')} />
          <NumberField {...amount('cost')} />
        </div>
        {kind === 'usage' && (
          <PriceModelFields
            value={price.price_model}
            currency={price.currency}
            rate={rate}
            onChange={(next) => onChange({ price_model: next })}
          />
        )}
      </Stack>
      <ActionIcon mt={26} aria-label={words.remove(price.currency)} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </Group>
  )
}
