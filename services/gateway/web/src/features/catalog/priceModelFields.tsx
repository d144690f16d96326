/** How a usage price works: its model, its tiers, and what a quantity would cost by it. */
import { ActionIcon, Button, Input, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { NumberField } from '@/shared/form/NumberField'
import { catalogPrices as words } from '@/shared/i18n/en/catalogPrices'
import formClasses from './form.module.css'
import { emptyTier, isTiered, type Model, type ModelValues, type Tier } from './priceModel'
import classes from './priceModelFields.module.css'

const MOST_TIERS = 50

type Props = {
  value: ModelValues
  currency?: string
  error?: ReactNode
  /** The rate's own field: it is left out where the tiers say the price. */
  rate: ReactNode
  onChange: (value: ModelValues) => void
}

export function PriceModelFields({ value, currency, error, rate, onChange }: Props) {
  const set = (change: Partial<ModelValues>) => onChange({ ...value, ...change })
  const text = (field: 'package_size' | 'minimum_charge' | 'included_units') => ({
    label: words.fields[field],
    value: value[field],
    onChange: (event: { currentTarget: { value: string } }) => set({ [field]: event.currentTarget.value }),
  })
  return (
    <Stack gap="sm">
      <div>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={words.model}
          data={Object.entries(words.models).map(([model, label]) => ({ value: model, label }))}
          value={value.model}
          onChange={(model) => set({ model: model as Model })}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {words.modelHints[value.model]}
        </Text>
      </div>
      {isTiered(value.model) && (
        <Tiers value={value.tiers} currency={currency} onChange={(tiers) => set({ tiers })} />
      )}
      <div className={formClasses.row}>
        {!isTiered(value.model) && rate}
        {value.model === 'package' && <NumberField kind="quantity" required {...text('package_size')} />}
        <NumberField kind="quantity" {...text('included_units')} />
        <NumberField kind="money" currency={currency} {...text('minimum_charge')} />
      </div>
      {error && <Input.Error role="alert">{error}</Input.Error>}
    </Stack>
  )
}

type TierProps = { value: Tier[]; currency?: string; onChange: (value: Tier[]) => void }

function Tiers({ value, currency, onChange }: TierProps) {
  const change = (key: number, change: Partial<Tier>) =>
    onChange(value.map((tier) => (tier.key === key ? { ...tier, ...change } : tier)))
  const field = (tier: Tier, at: number, name: 'up_to' | 'unit_price' | 'flat_fee') => (
    <NumberField
      kind={name === 'up_to' ? 'quantity' : 'money'}
      currency={currency}
      size="xs"
      aria-label={words.tierOf(words.tier[name], at + 1)}
      value={tier[name]}
      onChange={(event) => change(tier.key, { [name]: event.currentTarget.value })}
    />
  )
  return (
    <div>
      <table className={classes.tiers} aria-label={words.tiers}>
        <thead>
          <tr>
            <th scope="col">{words.tier.from}</th>
            <th scope="col">{words.tier.up_to}</th>
            <th scope="col">{words.tier.unit_price}</th>
            <th scope="col">{words.tier.flat_fee}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {value.map((tier, at) => (
            <tr key={tier.key}>
              <td>{at === 0 ? words.tier.first : words.tier.above(value[at - 1]!.up_to || '…')}</td>
              <td>{at === value.length - 1 ? words.tier.noEnd : field(tier, at, 'up_to')}</td>
              <td>{field(tier, at, 'unit_price')}</td>
              <td>{field(tier, at, 'flat_fee')}</td>
              <td>
                <ActionIcon
                  aria-label={words.removeTier(at + 1)}
                  disabled={value.length === 1}
                  onClick={() => onChange(value.filter(({ key }) => key !== tier.key))}
                >
                  <IconX size={15} />
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus aria-hidden size={14} />}
        disabled={value.length >= MOST_TIERS}
        onClick={() => onChange([...value, emptyTier(Math.max(...value.map(({ key }) => key)) + 1)])}
      >
        {words.addTier}
      </Button>
    </div>
  )
}
