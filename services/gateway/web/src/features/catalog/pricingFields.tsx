import { Alert, Autocomplete, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconInfoCircle } from '@tabler/icons-react'
import { NumberField } from '@/shared/form/NumberField'
import { catalog } from '@/shared/i18n/en/catalog'
import { catalogPrices } from '@/shared/i18n/en/catalogPrices'
import { lazyPart } from '@/shared/lazyPart'
import { Section } from '@/shared/Section'
import { CurrencyChoice, useOwnCurrency } from './currencyChoice'
import classes from './form.module.css'
import type { Values } from './formValues'

const PriceModelFields = lazyPart(async () => (await import('./priceModelFields')).PriceModelFields)

const { fields, hints } = catalog
const UNITS = ['Hour', 'Month', 'Incident', 'Device', 'User', 'Item', 'Unit']

type Props = { form: UseFormReturnType<Values>; initialRate: string; editing: boolean }

export function PricingFields({ form, initialRate, editing }: Props) {
  const values = form.getValues()
  const input = form.getInputProps
  const own = useOwnCurrency()
  const currency = values.currency || own
  const inCurrency = currency ? ` (${currency})` : ''
  const money = { kind: 'money' as const, currency: currency || undefined }
  const usage = values.kind === 'usage'
  const packaged = usage && values.price_model.model === 'package'
  const rate = (
    <NumberField
      {...money}
      unit={packaged ? undefined : values.default_unit}
      label={(packaged ? catalogPrices.fields.package_price : fields.default_rate) + inCurrency}
      required
      {...input('default_rate')}
    />
  )
  const changed = editing && (values.default_rate !== initialRate || form.isDirty('price_model'))
  return (
    <Section title={catalog.parts.pricing}>
      <Stack gap="sm">
        {usage && (
          <PriceModelFields
            value={values.price_model}
            currency={currency}
            error={form.errors.price_model}
            rate={rate}
            onChange={(next) => form.setFieldValue('price_model', next)}
          />
        )}
        <div className={classes.row}>
          {!usage && rate}
          <Autocomplete
            size="sm"
            label={fields.default_unit}
            placeholder={hints.default_unit}
            required
            data={UNITS}
            maxLength={20}
            comboboxProps={{ withinPortal: false }}
            {...input('default_unit')}
          />
          {!editing && <CurrencyChoice {...input('currency')} />}
        </div>
        {!usage && !editing && (
          <Text size="xs" c="dimmed">
            {hints.price_model}
          </Text>
        )}
        {changed && (
          <Alert color="yellow" icon={<IconInfoCircle size={16} />} py={8} role="status">
            {catalog.rateWarning}
          </Alert>
        )}
        <div className={classes.row}>
          {values.kind === 'labor' && (
            <NumberField
              kind="quantity"
              label={fields.minimum_hours}
              placeholder={hints.minimum_hours}
              {...input('minimum_hours')}
            />
          )}
          <NumberField {...money} label={fields.setup_fee + inCurrency} {...input('setup_fee')} />
          <NumberField
            {...money}
            label={fields.cost + inCurrency}
            placeholder={hints.cost}
            {...input('cost')}
          />
        </div>
      </Stack>
    </Section>
  )
}
