/**
 * Reads the numbers people type, strictly: the only module that turns text into a number.
 * A comma is taken as a thousands separator in the right places ("1,250.00") and nowhere else: "12,5" is refused,
 * since guessing between 12.5 and 125 would be wrong half the time. Amounts stay decimal strings.
 */
import { numbers as words } from './i18n/en/numbers'
import { compareDecimals, minorUnits, narrowSign } from './money'

export type NumberKind = 'money' | 'percent' | 'quantity' | 'whole'

export type NumberRules = {
  kind: NumberKind
  /** Of an amount: a sign of another currency is refused. */
  currency?: string
  optional?: boolean
  /** Least and greatest value that are taken. */
  min?: string
  max?: string
  /** The value must be greater than this. */
  above?: string
  /** True for sums that are paid or charged: no more decimals than the currency has. */
  exact?: boolean
}

const DIGITS = /^(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?$/
const SIGN = /\p{Sc}/u
const MOST_DIGITS = 24

/** The typed number as a decimal string ("$1,250.50" becomes "1250.50"), or null when it cannot be read. */
export function readDecimal(text: string, { kind, currency }: Partial<NumberRules> = {}): string | null {
  let bare = text.trim()
  const negative = /^[-\u2212]/.test(bare)
  if (negative) bare = bare.slice(1)
  if (kind === 'percent') bare = bare.replace(/\s*%$/, '')
  if (kind === undefined || kind === 'money') {
    const sign = SIGN.exec(bare)?.[0]
    if (sign && currency && sign !== narrowSign(currency)) return null
    bare = bare.replace(/^\p{Sc}\s*|\s*\p{Sc}$/u, '')
  }
  if (!DIGITS.test(bare) || bare.length > MOST_DIGITS) return null
  if (kind === 'whole' && bare.includes('.')) return null
  const plain = bare.replaceAll(',', '').replace(/^0+(?=\d)/, '')
  return negative && /[1-9]/.test(plain) ? `-${plain}` : plain
}

/** As `readDecimal`; a blank field is null. */
export function readOptional(text: string, rules?: Partial<NumberRules>): string | null {
  return text.trim() ? readDecimal(text, rules) : null
}

/** A whole number as requests carry it, or null. */
export function readWhole(text: string): number | null {
  const value = readDecimal(text, { kind: 'whole' })
  return value === null || !Number.isSafeInteger(Number(value)) ? null : Number(value)
}

/** The height of a bar: a decimal string as a number, or 0. Only for drawing, since digits can get lost. */
export function plotted(value: string): number {
  const number = Number(value)
  return Number.isFinite(number) ? number : 0
}

const CLOCK = /^(\d{1,2}):([0-5]\d)$/
const SPELLED = /^(?:(\d{1,2})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,4})\s*m(?:in(?:utes?)?)?)?$/i

/** Hours as "1.5", "1.5h", "1:30", "90m" or "1h 30m", in steps of 0.01; null when they cannot be read. */
export function readHours(text: string): string | null {
  const bare = text.trim()
  const plain = readDecimal(bare.replace(/\s*h(?:ours?|rs?)?$/i, ''), { kind: 'quantity' })
  if (plain !== null) return plain
  const [whole, hours, minutes] = CLOCK.exec(bare) ?? SPELLED.exec(bare) ?? []
  if (!whole) return null
  const hundredths = Math.round(((Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 5) / 3)
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}

/** Why the hours of one day cannot be taken, or null. */
export function hoursProblem(text: string): string | null {
  if (!text.trim()) return words.hours.needed
  const value = readHours(text)
  if (value === null) return words.hours.unreadable(text.trim())
  if (compareDecimals(value, '0') <= 0) return words.hours.aboveZero
  if (compareDecimals(value, '24') > 0) return words.hours.tooMany
  return /\.\d{2}0*[1-9]/.test(value) ? words.hours.steps : null
}

/** Whether people typed an amount, and one that is above zero. */
export function isAboveZero(text: string): boolean {
  const amount = readDecimal(text)
  return amount !== null && compareDecimals(amount, '0') > 0
}

/** Why the text cannot be taken and what would be right, or null. */
export function numberProblem(text: string, rules: NumberRules): string | null {
  if (!text.trim()) return rules.optional ? null : missing(rules)
  const value = readDecimal(text, rules)
  if (value === null) return unreadable(text, rules)
  const places = value.split('.')[1]?.length ?? 0
  if (rules.exact && rules.currency && places > minorUnits(rules.currency))
    return words.decimals(minorUnits(rules.currency), rules.currency)
  return outOfRange(value, rules)
}

/** Of the place among others that people give by hand. */
export const sortOrderProblem = (text: string) =>
  numberProblem(text, { kind: 'whole', min: '-99999', max: '99999' })

const missing = ({ kind, above }: NumberRules) =>
  above === undefined ? words.needed[kind] : words.above(above, kind)

function outOfRange(value: string, { kind, min, max, above }: NumberRules): string | null {
  if (above !== undefined && compareDecimals(value, above) <= 0) return words.above(above, kind)
  const low = min !== undefined && compareDecimals(value, min) < 0
  const high = max !== undefined && compareDecimals(value, max) > 0
  if (!low && !high) return null
  if (min !== undefined && max !== undefined) return words.between(min, max)
  return low ? words.atLeast(min!) : words.atMost(max!)
}

function unreadable(text: string, rules: NumberRules): string {
  const bare = text.trim()
  const sign = rules.kind === 'money' && rules.currency ? SIGN.exec(bare)?.[0] : undefined
  if (sign && rules.currency && sign !== narrowSign(rules.currency)) return words.currency(rules.currency)
  if (bare.length > MOST_DIGITS) return words.tooLong
  if (/^[-\u2212]?[\d.,]+e[-+]?\d+$/i.test(bare)) return words.exponent(bare)
  if (rules.kind === 'whole' && readDecimal(bare, { kind: 'quantity' }) !== null) return words.whole(bare)
  if (/^\D{0,2}\d[\d.,'\s]*\D{0,2}$/.test(bare) && /[,.'\s]/.test(bare))
    return words.separators(bare, meant(bare))
  return words.unreadable(bare, rules.kind)
}

/** The number a text with a decimal comma most likely means, written as it is taken; null where that is not clear. */
function meant(text: string): string | null {
  const match = /^\D{0,2}?(-?\d{1,3}(?:[.'\s]\d{3})+|-?\d+),(\d+)\D{0,2}$/.exec(text)
  if (!match) return null
  const whole = match[1]!.replace(/[.'\s]/g, '')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${match[2]}`
}
