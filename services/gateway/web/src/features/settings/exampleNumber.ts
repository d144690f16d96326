/** How the first invoice of a year would be numbered. */
import { readWhole } from '@/shared/numbers'

type Numbering = { invoice_series: string; invoice_number_format: string; invoice_number_digits: string }

export function exampleNumber(numbering: Numbering, year: string): string {
  const digits = readWhole(numbering.invoice_number_digits) ?? 1
  return numbering.invoice_number_format
    .replaceAll('{series}', numbering.invoice_series)
    .replaceAll('{year}', year)
    .replaceAll('{number}', '1'.padStart(digits, '0'))
}
