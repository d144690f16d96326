import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  hoursProblem,
  isAboveZero,
  type NumberRules,
  numberProblem,
  readDecimal,
  readHours,
  readWhole,
} from './numbers'

describe('readDecimal', () => {
  it.each([
    ['110', '110'],
    [' $1,250.50 ', '1250.50'],
    ['1,250.00', '1250.00'],
    ['12,345,678', '12345678'],
    ['0.00', '0.00'],
    ['007', '7'],
    ['-5', '-5'],
    ['−5.25', '-5.25'],
    ['-0.00', '0.00'],
    ['99999999999999.9999', '99999999999999.9999'],
  ])('reads %j as %s', (text, value) => {
    expect(readDecimal(text)).toBe(value)
  })

  it.each([
    '12,5',
    '5,5',
    '12,50',
    '1,2,3',
    '1,25',
    ',500',
    '0,125',
    '1,2345',
    '1234,567',
    '1,00,000',
    '1.250,00',
    '1 250',
    "1'250",
    '12 5',
    '1.2.3',
    '12.',
    '.5',
    '1e3',
    '1E3',
    '0x10',
    '12a',
    'NaN',
    'Infinity',
    '--5',
    '+5',
    '5-',
    '(5)',
    '٣',
    '１２',
    '5 %',
    '$$5',
    '',
    ' ',
    '1'.repeat(25),
  ])('refuses %j', (text) => {
    expect(readDecimal(text)).toBeNull()
  })

  it('takes a percent sign only for percentages, and a currency sign only for that currency', () => {
    expect(readDecimal('5 %', { kind: 'percent' })).toBe('5')
    expect(readDecimal('$5', { kind: 'percent' })).toBeNull()
    expect(readDecimal('$5', { kind: 'money', currency: 'USD' })).toBe('5')
    expect(readDecimal('€5', { kind: 'money', currency: 'USD' })).toBeNull()
    expect(readDecimal('5 €', { kind: 'money', currency: 'EUR' })).toBe('5')
    expect(readDecimal('$5', { kind: 'quantity' })).toBeNull()
  })
})

describe('numberProblem', () => {
  const money: NumberRules = { kind: 'money', currency: 'USD' }
  it.each([
    ['12,5', 'Enter 12.5.'],
    ['12,50', 'Enter 12.50.'],
    ['1.250,00', 'Enter 1,250.00.'],
    ['1 250,75', 'Enter 1,250.75.'],
    ['1,2,3', 'Use a point for decimals'],
    ['1e3', 'exponent'],
    ['abc', '“abc” is not a number'],
    ['€12.50', 'Enter the amount in USD.'],
    ['9'.repeat(30), 'too long'],
  ])('says for %j what would be right', (text, part) => {
    expect(numberProblem(text, money)).toContain(part)
  })

  it('guards ranges, whole numbers and minor units', () => {
    expect(numberProblem('0', { ...money, above: '0' })).toBe('Enter an amount above zero.')
    expect(numberProblem('-1', { ...money, min: '0' })).not.toBeNull()
    expect(numberProblem('366', { kind: 'whole', min: '0', max: '365' })).toBe(
      'Enter a number from 0 to 365.',
    )
    expect(numberProblem('1.5', { kind: 'whole' })).toContain('whole number')
    expect(numberProblem('', { kind: 'whole' })).not.toBeNull()
    expect(numberProblem('', { kind: 'whole', optional: true })).toBeNull()
    expect(numberProblem('10.5', { kind: 'money', currency: 'JPY', exact: true })).toContain('no decimals')
    expect(numberProblem('10.505', { kind: 'money', currency: 'KWD', exact: true })).toBeNull()
    expect(numberProblem('10.50', { kind: 'money', currency: 'RSD', exact: true })).toBeNull()
    expect(numberProblem('10.505', { kind: 'money', currency: 'RSD', exact: true })).toContain('2 decimals')
    expect(numberProblem('10.505', money)).toBeNull()
  })
})

it('reads whole numbers, and none that a float could not hold', () => {
  expect(readWhole('1,200')).toBe(1200)
  expect(readWhole('-3')).toBe(-3)
  expect(readWhole('1.5')).toBeNull()
  expect(readWhole('')).toBeNull()
  expect(readWhole('9007199254740993')).toBeNull()
})

it.each([
  ['0.01', true],
  ['0', false],
  ['-1', false],
  ['x', false],
])('%j is above zero: %s', (text, above) => {
  expect(isAboveZero(text)).toBe(above)
})

/** A second reader of numbers would be a lenient one: parseFloat('12,5') is 12, Number('1e3') is 1000. */
const READERS =
  /\bparse(?:Float|Int)\b|(?<![\w.])Number\(|\bvalueAsNumber\b|\bNumberInput\b|type="number"|(?:[=(,:?[{&|]|=>|return)\s*\+\(?[a-zA-Z_]/

it('no other module turns text into numbers', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .filter((file) => !file.startsWith(join('api', 'gen')) && file !== join('shared', 'numbers.ts'))
  expect(files.length).toBeGreaterThan(200)
  const readers = files.flatMap((file) =>
    readFileSync(join('src', file), 'utf8')
      .split('\n')
      .flatMap((line, at) => (READERS.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])),
  )
  expect(readers).toEqual([])
})

it('every field with a numeric keyboard reads strictly', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx$/.test(file) && !/shared.form.(?:Number|Hours)Field\.tsx$/.test(file))
    .filter((file) => /inputMode=.{0,2}(decimal|numeric)/.test(readFileSync(join('src', file), 'utf8')))
  expect(files).toEqual([])
})

describe('hours', () => {
  it.each([
    ['1.5', '1.5'],
    ['1.5h', '1.5'],
    ['2 hours', '2'],
    ['1:30', '1.50'],
    ['0:20', '0.33'],
    ['90m', '1.50'],
    ['1h 30m', '1.50'],
    ['1h20', null],
    ['1h20m', '1.33'],
    ['1:75', null],
    ['1,5', null],
    ['h', null],
    ['', null],
  ])('reads %s as %s', (text, hours) => expect(readHours(text)).toBe(hours))

  it.each(['0', '0:00', '-1', '0.001', '24.5', '1:75', ''])('refuses %s', (text) =>
    expect(hoursProblem(text)).not.toBeNull(),
  )
  it('takes a whole day', () => expect(hoursProblem('24')).toBeNull())
})
