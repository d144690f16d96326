import { expect, test } from 'vitest'
import { lineTaxes, taxLabel } from './taxes'

const gst = { name: 'GST', rate_percent: '5.00', inclusive: false, compound: false }
const qst = { name: 'QST', rate_percent: '9.975', inclusive: false, compound: true }
const invoice = { subtotal: '200.00', currency: 'USD' }

const applied = (tax: typeof gst, base: string) => ({ ...tax, base, amount: '1.00', tax_code_id: null })

test('a tax on everything needs no base', () => {
  expect(taxLabel(applied(gst, '200.00'), invoice)).toBe('GST (5%)')
})

test('a tax on a part, or on other taxes too, says on what', () => {
  expect(taxLabel(applied(qst, '105.00'), invoice)).toBe('QST (9.975%) on $105.00')
})

test('a tax in the price says so', () => {
  expect(taxLabel(applied({ ...gst, inclusive: true }, '200.00'), invoice)).toBe('GST (5%), included')
})

test('a rate that the name has already is not said twice', () => {
  expect(taxLabel(applied({ ...gst, name: 'Tax 5 %' }, '200.00'), invoice)).toBe('Tax 5 %')
  expect(taxLabel(applied({ ...gst, name: 'Zone 5 levy' }, '200.00'), invoice)).toBe('Zone 5 levy (5%)')
  expect(taxLabel(applied({ ...gst, name: 'Tax 15 %' }, '200.00'), invoice)).toBe('Tax 15 % (5%)')
})

test('lines say how they are taxed only where they differ', () => {
  const taxed = { taxes: [gst, qst], tax_exempt_reason: null }
  expect(lineTaxes([taxed, taxed])).toEqual([null, null])
  expect(
    lineTaxes([
      taxed,
      { taxes: [], tax_exempt_reason: 'Medical supply' },
      { taxes: [], tax_exempt_reason: null },
    ]),
  ).toEqual(['Tax: GST (5%), QST (9.975%)', 'Tax exempt: Medical supply', 'Not taxed'])
})
