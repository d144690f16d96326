/** Block hours: how many, what happens to unused ones, and how they are allocated to services. */
import { Button, Group, Input, NativeSelect, Stack, Text } from '@mantine/core'
import formClasses from '@/features/catalog/form.module.css'
import { equalShares, percentOf } from '@/shared/decimals'
import { NumberField } from '@/shared/form/NumberField'
import { agreementForm } from '@/shared/i18n/en/agreementForm'
import { agreements } from '@/shared/i18n/en/agreements'
import { formatQuantity } from '@/shared/money'
import { readDecimal } from '@/shared/numbers'
import { Section } from '@/shared/Section'
import { itemAt } from './clientStep'
import classes from './editor.module.css'
import type { Choice, StepProps } from './formParts'
import { allocatedHours, allocationProblem, type Item } from './values'

const words = agreementForm.hours
const { fields } = agreements

type Props = StepProps & { inForce: boolean }

export function HoursStep({ form, choices, isFixed, inForce }: Props) {
  const values = form.getValues()
  const input = form.getInputProps
  const monthly = values.type === 'block_hours_monthly'
  return (
    <Stack gap="md">
      <Section title={agreementForm.steps.hours}>
        <Stack gap="sm">
          <div className={formClasses.row}>
            <NumberField
              kind="quantity"
              label={monthly ? words.perMonth : fields.total_hours}
              required
              disabled={isFixed('total_hours')}
              description={isFixed('total_hours') ? agreementForm.fixed : undefined}
              {...input('total_hours')}
            />
            <NumberField
              kind="percent"
              label={fields.low_hours_threshold}
              required
              disabled={isFixed('low_hours_threshold')}
              {...input('low_hours_threshold')}
            />
          </div>
          {monthly && (
            <NativeSelect
              label={fields.rollover}
              disabled={isFixed('rollover')}
              data={choicesOf(agreements.rollovers)}
              {...input('rollover')}
            />
          )}
          <NativeSelect
            label={fields.allocation_policy}
            disabled={isFixed('allocation_policy')}
            data={choicesOf(agreements.allocations)}
            {...input('allocation_policy')}
          />
          <NativeSelect
            label={fields.draw_order}
            description={words.drawOrderNote}
            disabled={isFixed('draw_order')}
            data={choicesOf(agreements.drawOrders)}
            {...input('draw_order')}
          />
          {inForce && monthly && (
            <Text size="xs" c="dimmed">
              {words.laterNote}
            </Text>
          )}
        </Stack>
      </Section>
      <Allocations form={form} choices={choices} locked={isFixed('services')} />
    </Stack>
  )
}

const choicesOf = (names: Record<string, string>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

type AllocationProps = Pick<Props, 'form' | 'choices'> & { locked: boolean }

function Allocations({ form, choices, locked }: AllocationProps) {
  const values = form.getValues()
  const { services } = values
  const covered = choices.filter((row) => values.coverage === 'all' || services[row.id])
  const total = readDecimal(values.total_hours, { kind: 'quantity' })
  const set = (id: string, hours: string) =>
    form.setFieldValue('services', { ...services, [id]: { ...itemAt(services, id), hours } })

  function distribute() {
    const shares = equalShares(total ?? '0', covered.length)
    const next: Record<string, Item> = { ...services }
    covered.forEach((row, index) => {
      next[row.id] = { ...itemAt(services, row.id), hours: formatQuantity(shares[index]!) }
    })
    form.setFieldValue('services', next)
  }

  return (
    <Section
      title={agreements.services.allocated}
      action={
        <Button
          variant="default"
          size="compact-sm"
          disabled={locked || total === null || covered.length === 0}
          onClick={distribute}
        >
          {words.distribute}
        </Button>
      }
    >
      {covered.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.chooseServices}
        </Text>
      ) : (
        <ul className={classes.list}>
          {covered.map((row) => (
            <Allocation
              key={row.id}
              row={row}
              hours={itemAt(services, row.id).hours}
              total={total}
              locked={locked}
              onChange={(hours) => set(row.id, hours)}
            />
          ))}
        </ul>
      )}
      <Summary values={values} error={form.errors.services} total={total} />
    </Section>
  )
}

type AllocationRow = {
  row: Choice
  hours: string
  total: string | null
  locked: boolean
  onChange: (hours: string) => void
}

function Allocation({ row, hours, total, locked, onChange }: AllocationRow) {
  const read = readDecimal(hours, { kind: 'quantity' })
  const percent = read !== null && total !== null ? percentOf(read, total) : null
  return (
    <li className={classes.item} data-narrow>
      <Text size="sm">{row.name}</Text>
      <NumberField
        kind="quantity"
        size="xs"
        quiet
        aria-label={agreementForm.services.hoursOf(row.name)}
        disabled={locked}
        value={hours}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Text size="xs" c="dimmed" className="num">
        {percent !== null && words.percent(percent)}
      </Text>
    </li>
  )
}

type SummaryProps = {
  values: Parameters<typeof allocatedHours>[0]
  error: React.ReactNode
  total: string | null
}

/** Both figures while one types, and what is wrong with them. */
function Summary({ values, error, total }: SummaryProps) {
  if (total === null) return error ? <Input.Error role="alert">{error}</Input.Error> : null
  const problem = allocationProblem(values) ?? error
  return (
    <Group mt="sm" gap="xs" aria-live="polite">
      <Text size="sm" fw={570} className="num">
        {words.summary(formatQuantity(allocatedHours(values)), formatQuantity(total))}
      </Text>
      {problem && (
        <Text size="sm" c="var(--mantine-color-error)">
          {problem}
        </Text>
      )}
    </Group>
  )
}
