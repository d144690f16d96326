import { describe, expect, it } from 'vitest'
import { compareDecimals, formatMoney, formatPercent, formatQuantity, formatRate, isZero } from './money'

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

  it.each([null, undefined, '', 'NaN', '12,5', 'abc'])('shows a dash for %j, never NaN', (amount) => {
    expect(formatMoney(amount, 'USD')).toBe('—')
    expect(formatRate(amount, 'USD', 'Hour')).toBe('—')
  })

  it.each([
    ['0.0125', 'USD', '$0.0125'],
    ['125.0000', 'USD', '$125.00'],
    ['10.5', 'RSD', 'RSD 10.50'],
    ['12.00', 'RSD', 'RSD 12.00'],
    ['1.005', 'IQD', 'IQD 1.005'],
    ['3500.00', 'CLP', '$3,500 CLP'],
    ['1.25', 'KWD', 'KWD 1.250'],
  ])('%s %s hides no digit: %s', (amount, currency, shown) => {
    expect(formatMoney(amount, currency).replace('\u00a0', ' ')).toBe(shown)
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

it('compares decimals exactly', () => {
  expect(compareDecimals('100.10', '100.1')).toBe(0)
  expect(compareDecimals('0.1', '0.09')).toBe(1)
  expect(compareDecimals('-1', '0')).toBe(-1)
  expect(compareDecimals('90071992547409930.07', '90071992547409930.08')).toBe(-1)
  expect(isZero('0.00')).toBe(true)
})

it.each([
  ['7.50', '7.5%'],
  ['-12.00', '-12%'],
  ['1234.5', '1,234.5%'],
])('percentage %s is shown as %s', (value, shown) => {
  expect(formatPercent(value)).toBe(shown)
})
