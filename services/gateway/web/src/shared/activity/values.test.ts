import { expect, it } from 'vitest'
import { fieldName, shownValue } from './values'

it.each([
  ['tax_code_id', 'Tax code'],
  ['default_rate', 'Default rate'],
  ['name', 'Name'],
])('the field %s is called %s', (key, name) => {
  expect(fieldName(key)).toBe(name)
})

it.each([
  [null, '—'],
  ['', '—'],
  [[], '—'],
  ['125.00', '125.00'],
  [false, 'false'],
  [['a', 'b'], 'a; b'],
  [{ up_to: null, unit_price: '5.00' }, 'Up to —, Unit price 5.00'],
])('%j is shown as %s', (value, shown) => {
  expect(shownValue(value)).toBe(shown)
})

it('cuts what would fill the page', () => {
  expect(shownValue('x'.repeat(5000)).length).toBeLessThan(210)
})
