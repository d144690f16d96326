/** One proposal of each agreement type, ranked by what the client would pay. */
import { Alert, Button, Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { NumberField } from '@/shared/form/NumberField'
import { agreements } from '@/shared/i18n/en/agreements'
import { whatIf } from '@/shared/i18n/en/whatIf'
import { formatMoney, formatQuantity } from '@/shared/money'
import { errorText } from '@/shared/notify'
import { numberProblem, readDecimal } from '@/shared/numbers'
import { Section } from '@/shared/Section'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { bestFitQuery, type Option, type Subject } from './whatIfQueries'
import { differenceText } from './whatIfResult'

const words = whatIf.fit
const PERCENT = { kind: 'percent' as const, min: '0', max: '100' }

type Props = { clientId: string; subject: Subject; onUse: (option: Option) => void }

export function BestFitTable({ clientId, subject, onUse }: Props) {
  const [typed, setTyped] = useState('10')
  const problem = numberProblem(typed, PERCENT)
  const [discount] = useDebouncedValue(problem ? null : readDecimal(typed, PERCENT), 300)
  const query = useQuery(bestFitQuery(clientId, subject, discount))
  const found = query.data
  return (
    <Section title={words.title} flush={(found?.options.length ?? 0) > 0}>
      <Group px={found?.options.length ? 'md' : 0} pb="sm" justify="space-between" align="flex-end">
        <Text size="sm" c="dimmed" maw="36rem">
          {words.about}
        </Text>
        <NumberField
          kind="percent"
          size="xs"
          label={whatIf.discount}
          description={whatIf.discountHint}
          value={typed}
          error={problem}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Group>
      {query.error && <Alert color="red">{errorText(query.error)}</Alert>}
      {found?.options.length === 0 && <Text size="sm">{words.none}</Text>}
      {found && found.options.length > 0 && (
        <SmallTable
          label={words.title}
          rows={found.options}
          rowKey={(option) => option.type}
          columns={columnsOf(found.options, found.currency, onUse)}
        />
      )}
    </Section>
  )
}

function columnsOf(options: Option[], currency: string, onUse: Props['onUse']): SmallColumn<Option>[] {
  const right = 'right' as const
  const money = (value: string | null) => formatMoney(value, currency)
  return [
    {
      header: words.type,
      cell: (option) => `${words.rank(options.indexOf(option) + 1)} ${agreements.types[option.type]}`,
    },
    {
      header: words.terms,
      cell: (option) => (
        <>
          {termsText(option, currency)}
          {option.basis.map((sentence) => (
            <Text key={sentence} size="xs" c="dimmed">
              {sentence}
            </Text>
          ))}
        </>
      ),
    },
    { header: words.recurring, align: right, cell: (option) => money(option.recurring) },
    { header: words.further, align: right, cell: (option) => money(option.further) },
    { header: words.total, align: right, cell: (option) => money(option.total) },
    {
      header: whatIf.difference,
      align: right,
      cell: (option) => differenceText(option.difference, currency),
    },
    {
      header: '',
      align: right,
      cell: (option) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={words.useOf(option.name)}
          onClick={() => onUse(option)}
        >
          {words.use}
        </Button>
      ),
    },
  ]
}

function termsText({ recurring_amount, frequency, total_hours }: Option, currency: string): string {
  const price = recurring_amount === null ? null : formatMoney(recurring_amount, currency)
  const paid =
    price === null
      ? null
      : frequency
        ? words.per(price, agreements.perFrequency[frequency] ?? '')
        : words.once(price)
  const hours = total_hours === null ? null : words.hours(formatQuantity(total_hours))
  return [hours, paid].filter(Boolean).join(', ')
}
