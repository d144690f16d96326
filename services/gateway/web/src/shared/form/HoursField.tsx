/** The field for hours of work: "1.5", "1:30" or "90m", with what was understood while one types. */
import { TextInput, type TextInputProps } from '@mantine/core'
import { numbers as words } from '@/shared/i18n/en/numbers'
import { workOrders } from '@/shared/i18n/en/workOrders'
import { formatQuantity } from '@/shared/money'
import { readHours } from '@/shared/numbers'

export function HoursField({ description, ...input }: TextInputProps) {
  const text = String(input.value ?? '').trim()
  const hours = readHours(text)
  const spelled = hours !== null && hours !== text
  return (
    <TextInput
      autoComplete="off"
      inputMode="decimal"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...input}
      description={spelled ? words.understood(workOrders.time.inHours(formatQuantity(hours))) : description}
    />
  )
}
