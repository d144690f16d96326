/** The field for every number: read strictly (`shared/numbers`), and what was understood is said while one types. */
import { TextInput, type TextInputProps } from '@mantine/core'
import { type ChangeEvent, useState } from 'react'
import { numbers as words } from '@/shared/i18n/en/numbers'
import { formatNumber, formatPercent, formatRate } from '@/shared/money'
import { type NumberRules, numberProblem, readDecimal } from '@/shared/numbers'

type Own = Pick<NumberRules, 'kind' | 'currency'> & {
  /** What an amount is per: "Hour" is echoed as "/hr". */
  unit?: string | null
  /** Typed text that stands in a table: the echo is left to another place. */
  quiet?: boolean
}

export type NumberFieldProps = Own & TextInputProps

export function NumberField({
  kind,
  currency,
  unit,
  quiet,
  error,
  description,
  onChange,
  ...input
}: NumberFieldProps) {
  const [edited, setEdited] = useState(false)
  const text = String(input.value ?? '')
  const value = readDecimal(text, { kind, currency })
  const shown = value === null || quiet || !edited ? null : shownNumber(value, { kind, currency, unit })
  const unclear = value === null && text.trim() ? numberProblem(text, { kind, currency }) : null

  function change(event: ChangeEvent<HTMLInputElement>) {
    setEdited(true)
    onChange?.(event)
  }

  return (
    <TextInput
      inputMode={kind === 'whole' ? 'numeric' : 'decimal'}
      autoComplete="off"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...input}
      description={shown === null ? description : words.understood(shown)}
      error={unclear ?? error}
      onChange={change}
    />
  )
}

/** "12.5" as "$12.50/hr", "12.5%" or "12.5". */
export function shownNumber(value: string, { kind, currency, unit }: Own): string {
  if (kind === 'money' && currency) return formatRate(value, currency, unit)
  return kind === 'percent' ? formatPercent(value) : formatNumber(value)
}
