/** A price from today or from a day to come, in the service's own or a further currency. */
import { Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { CurrencySelect } from '@/features/clients/choices'
import { formatDate, today } from '@/shared/dates'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { catalog } from '@/shared/i18n/en/catalog'
import { catalogPrices as words } from '@/shared/i18n/en/catalogPrices'
import { common } from '@/shared/i18n/en/common'
import { notifyDone } from '@/shared/notify'
import classes from './form.module.css'
import { PriceModelFields } from './priceModelFields'
import { addPrice, changePrice, loadPrice, type Price, refreshPrices } from './priceQueries'
import { newBody, patchBody, priceChecks, priceValues } from './priceValues'
import type { Service } from './queries'

type Props = { service: Service; price: Price | null; onClose: () => void }

export function PriceDialog({ service, price, onClose }: Props) {
  const queries = useQueryClient()
  const usage = service.kind === 'usage'
  const initial = priceValues(service, price)
  const { form, busy, failure, submit } = useApiForm({
    initialValues: initial,
    validate: priceChecks(usage),
    edited: price && { of: price, valuesOf: (one: Price) => priceValues(service, one), load: loadPrice },
  })
  const values = form.getValues()
  const inCurrency = ` (${values.currency})`
  const money = { kind: 'money' as const, currency: values.currency }

  async function save() {
    const done = await submit((current, { source }) =>
      price
        ? changePrice(source, patchBody(current, priceValues(service, source), usage))
        : addPrice(service, newBody(current, usage)),
    )
    refreshPrices(queries, service.id)
    if (!done) return
    const begins = form.getValues().valid_from
    notifyDone(
      begins > today() ? words.scheduledFor(service.name, formatDate(begins)) : words.inForce(service.name),
    )
    onClose()
  }

  const rate = (
    <NumberField
      {...money}
      unit={service.default_unit}
      label={catalog.fields.default_rate + inCurrency}
      data-autofocus
      {...form.getInputProps('default_rate')}
    />
  )
  return (
    <FormDialog
      title={price ? words.editTitle : words.addTitle(service.name)}
      action={price ? common.save : common.create}
      size="lg"
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {words.addLead} {catalog.rateWarning}
      </Text>
      <div className={classes.row}>
        <CurrencySelect disabled={price !== null} {...form.getInputProps('currency')} />
        <TextInput
          type="date"
          label={words.validFrom}
          min={today()}
          required
          {...form.getInputProps('valid_from')}
        />
      </div>
      {usage && (
        <PriceModelFields
          value={values.price_model}
          currency={values.currency}
          error={form.errors.price_model}
          rate={rate}
          onChange={(next) => form.setFieldValue('price_model', next)}
        />
      )}
      <div className={classes.row}>
        {!usage && rate}
        <NumberField
          {...money}
          label={catalog.fields.setup_fee + inCurrency}
          {...form.getInputProps('setup_fee')}
        />
        <NumberField {...money} label={catalog.fields.cost + inCurrency} {...form.getInputProps('cost')} />
      </div>
      <Text size="xs" c="dimmed">
        {words.validFromHint}
      </Text>
    </FormDialog>
  )
}
