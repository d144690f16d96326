/** The services of the client's rate card that the agreement covers, each with the rate it would be billed at. */
import {
  Badge,
  Checkbox,
  Group,
  Input,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import { NumberField } from '@/shared/form/NumberField'
import { agreementForm } from '@/shared/i18n/en/agreementForm'
import { agreements } from '@/shared/i18n/en/agreements'
import { formatRate } from '@/shared/money'
import { readDecimal } from '@/shared/numbers'
import { Section } from '@/shared/Section'
import { itemAt } from './clientStep'
import classes from './editor.module.css'
import type { Choice, StepProps } from './formParts'
import { type Item, NO_TERMS, type Values } from './values'

const words = agreementForm.services
const MANY = 12

export function ServicesStep({ form, currency, choices, isFixed }: StepProps) {
  const [filter, setFilter] = useState('')
  const { coverage, services, client_id } = form.getValues()
  const all = coverage === 'all'
  const locked = isFixed('services')
  const shown = choices.filter((row) => row.name.toLowerCase().includes(filter.trim().toLowerCase()))
  const set = (next: Record<string, Item>) => form.setFieldValue('services', next)
  const chosen = all ? choices.length : choices.filter(({ id }) => services[id]).length

  return (
    <Section title={agreementForm.steps.services}>
      <Stack gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={agreements.fields.coverage}
          disabled={isFixed('coverage')}
          data={Object.entries(agreements.coverages).map(([value, label]) => ({ value, label }))}
          value={coverage}
          onChange={(value) => form.setFieldValue('coverage', value as Values['coverage'])}
        />
        {!all && (
          <NativeSelect
            label={agreements.fields.uncovered_policy}
            disabled={isFixed('uncovered_policy')}
            data={Object.entries(agreements.uncovered).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps('uncovered_policy')}
          />
        )}
        <Group justify="space-between">
          <Text size="sm" fw={550} aria-live="polite">
            {words.chosen(chosen, choices.length)}
          </Text>
          {choices.length > MANY && (
            <TextInput
              size="xs"
              aria-label={words.filter}
              placeholder={words.filter}
              value={filter}
              onChange={(event) => setFilter(event.currentTarget.value)}
            />
          )}
        </Group>
        {form.errors.services && <Input.Error role="alert">{form.errors.services}</Input.Error>}
        {choices.length === 0 ? (
          <Text size="sm" c="dimmed">
            {client_id ? words.none : words.chooseClient}
          </Text>
        ) : (
          <>
            <div className={`${classes.item} ${classes.heads}`} aria-hidden>
              <span>{agreements.services.service}</span>
              <span>{words.overrideRate}</span>
              <span>{words.quantity}</span>
            </div>
            <ul className={classes.list}>
              {shown.map((row) => (
                <ServiceRow
                  key={row.id}
                  row={row}
                  item={itemAt(services, row.id)}
                  checked={all || services[row.id] !== undefined}
                  all={all}
                  locked={locked}
                  currency={currency}
                  onChoose={(on) => set(toggled(services, row.id, on))}
                  onChange={(change) =>
                    set({ ...services, [row.id]: { ...itemAt(services, row.id), ...change } })
                  }
                />
              ))}
            </ul>
          </>
        )}
        <Text size="xs" c="dimmed">
          {words.quantityHint}
        </Text>
      </Stack>
    </Section>
  )
}

function toggled(services: Record<string, Item>, id: string, on: boolean): Record<string, Item> {
  if (on) return { ...services, [id]: NO_TERMS }
  const { [id]: _, ...others } = services
  return others
}

type RowProps = {
  row: Choice
  item: Item
  checked: boolean
  all: boolean
  locked: boolean
  currency: string | undefined
  onChoose: (on: boolean) => void
  onChange: (change: Partial<Item>) => void
}

function ServiceRow({ row, item, checked, all, locked, currency, onChoose, onChange }: RowProps) {
  return (
    <li className={classes.item}>
      <Checkbox
        size="xs"
        label={
          <>
            {row.name} {!row.included && <Badge color="orange">{words.notIncluded}</Badge>}
          </>
        }
        aria-label={words.includeOf(row.name)}
        description={usingRate(row, item, currency)}
        checked={checked}
        disabled={all || locked}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <NumberField
        kind="money"
        currency={currency}
        size="xs"
        quiet
        aria-label={words.rateOf(row.name)}
        placeholder={row.rate ?? undefined}
        disabled={!checked || locked}
        value={item.rate}
        onChange={(event) => onChange({ rate: event.currentTarget.value })}
      />
      <NumberField
        kind="quantity"
        size="xs"
        quiet
        aria-label={words.quantityOf(row.name)}
        placeholder={row.unit}
        disabled={!checked || locked}
        value={item.quantity}
        onChange={(event) => onChange({ quantity: event.currentTarget.value })}
      />
    </li>
  )
}

/** "Using client rate of $125.00/hr", or the agreement's own while one is typed. */
function usingRate(row: Choice, item: Item, currency = 'USD'): string {
  const own = readDecimal(item.rate, { kind: 'money', currency })
  if (own !== null) return agreements.services.agreementRate(formatRate(own, currency, row.unit))
  if (row.rate === null) return agreements.services.noRate
  return agreements.services.clientRate(formatRate(row.rate, currency, row.unit))
}
