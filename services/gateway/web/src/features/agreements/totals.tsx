/** What the agreement comes to, as the server works it out while one types. */
import { Alert, Text } from '@mantine/core'
import { Facts } from '@/shared/Facts'
import { agreementForm } from '@/shared/i18n/en/agreementForm'
import { agreements } from '@/shared/i18n/en/agreements'
import { formatMoney, formatQuantity, isZero } from '@/shared/money'
import { errorText } from '@/shared/notify'
import { Section } from '@/shared/Section'
import type { Preview } from './queries'

const words = agreementForm.totals

export function Totals({ preview, error }: { preview: Preview | undefined; error: unknown }) {
  return (
    <Section title={words.title}>
      {error ? (
        <Alert color="red" mb={preview ? 'sm' : 0}>
          {errorText(error)}
        </Alert>
      ) : preview ? (
        <Facts facts={[...hours(preview), ...amounts(preview)]} />
      ) : (
        <Text size="sm" c="dimmed">
          {words.empty}
        </Text>
      )}
    </Section>
  )
}

type Fact = [string, string]

function hours(preview: Preview): Fact[] {
  if (preview.total_hours === null) return []
  const shown = (value: string | null) => (value === null ? words.openEnd : formatQuantity(value))
  return [
    [agreements.fields.total_hours, shown(preview.total_hours)],
    [words.allocated, shown(preview.hours_allocated)],
    [words.unallocated, shown(preview.hours_unallocated)],
    [words.inTerm, shown(preview.hours_in_term)],
  ]
}

function amounts(preview: Preview): Fact[] {
  const { recurring_amount, currency, term_amount, periods } = preview
  if (recurring_amount === null) return []
  const money = (value: string | null) => formatMoney(value, currency)
  const split: Fact[] = isZero(preview.recurring_split ?? '0')
    ? []
    : [
        [words.split, money(preview.recurring_split)],
        [words.unsplit, money(preview.recurring_unsplit)],
      ]
  return [
    [agreements.fields.recurring_amount, money(recurring_amount)],
    [words.monthly, money(preview.monthly_amount)],
    [
      words.term,
      term_amount === null || periods === null ? words.openEnd : words.termOf(money(term_amount), periods),
    ],
    ...split,
  ]
}
