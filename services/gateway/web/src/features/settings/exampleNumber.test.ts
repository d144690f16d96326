import { expect, it } from 'vitest'
import { exampleNumber } from './exampleNumber'

it.each([
  ['{series}-{year}-{number}', '3', 'INV-2026-001'],
  ['{year}/{series}.{number}', '1', '2026/INV.1'],
  ['{series}{year}{number}', '', 'INV20261'],
])('%s with %s digits begins with %s', (invoice_number_format, invoice_number_digits, number) => {
  const numbering = { invoice_series: 'INV', invoice_number_format, invoice_number_digits }
  expect(exampleNumber(numbering, '2026')).toBe(number)
})
