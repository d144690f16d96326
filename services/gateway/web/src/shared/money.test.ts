import { describe, expect, it } from 'vitest'
import {
  compareDecimals,
  formatMoney,
  formatQuantity,
  formatRate,
  isAboveZero,
  isZero,
  readDecimal,
} from './money'

describe('formatMoney', () => {
  it.each([
    ['3500.00', 'USD', '$3,500.00'],
    ['3500.00', 'KYD', '$3,500.00 KYD'],
    ['3500', 'CAD', '$3,500.00 CAD'],
    ['3500.00', 'EUR', '€3,500.00'],
    ['3500', 'JPY', '¥3,500'],
    ['-12.50', 'USD', '-$12.50'],
    ['0.00', 'USD', '$0.00'],
  ])('%s %s is shown as %s', (amount, currency, shown) => {
    expect(formatMoney(amount, currency)).toBe(shown)
  })

  it('loses no digit of an amount no float can hold', () => {
    expect(formatMoney('90071992547409931.07', 'USD')).toBe('$90,071,992,547,409,931.07')
  })

  it('shows a dash where there is no amount', () => {
    expect(formatMoney(null, 'USD')).toBe('—')
  })
})

describe('formatRate', () => {
  it.each([
    ['125.00', 'Hour', '$125.00/hr'],
    ['40.00', 'Device', '$40.00/device'],
    ['24.00', null, '$24.00'],
    ['0.10', 'GB', '$0.10/GB'],
  ])('%s per %s is %s', (rate, unit, shown) => {
    expect(formatRate(rate, 'USD', unit)).toBe(shown)
  })
})

it.each([
  ['12.50', '12.5'],
  ['8.00', '8'],
  ['0.25', '0.25'],
  ['100', '100'],
])('quantity %s is shown as %s', (quantity, shown) => {
  expect(formatQuantity(quantity)).toBe(shown)
})

it.each([
  ['110', '110'],
  [' $1,250.50 ', '1250.50'],
  ['0.00', '0.00'],
  ['12a', null],
  ['', null],
  ['1.2.3', null],
])('typing %j means %j', (text, amount) => {
  expect(readDecimal(text)).toBe(amount)
})

it('compares decimals exactly', () => {
  expect(compareDecimals('100.10', '100.1')).toBe(0)
  expect(compareDecimals('0.1', '0.09')).toBe(1)
  expect(compareDecimals('-1', '0')).toBe(-1)
  expect(compareDecimals('90071992547409930.07', '90071992547409930.08')).toBe(-1)
  expect(isZero('0.00')).toBe(true)
})

it.each([
  ['0.01', true],
  ['$1,250', true],
  ['0.00', false],
  ['-3', false],
  ['', false],
  ['abc', false],
])('%j is above zero: %s', (text, above) => {
  expect(isAboveZero(text)).toBe(above)
})
