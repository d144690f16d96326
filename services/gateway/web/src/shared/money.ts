/**
 * Money for people. Amounts are decimal strings as the server sent them: shown and compared, never summed here.
 * "$3,500.00" for US dollars, "$3,500.00 KYD" for currencies that share a sign, "€3,500.00" for those with their own.
 */
const formats = new Map<string, { format: Intl.NumberFormat; suffix: string }>()

function formatFor(currency: string) {
  let known = formats.get(currency)
  if (!known) {
    const make = (currencyDisplay: 'symbol' | 'narrowSymbol') =>
      new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay })
    const sign = (format: Intl.NumberFormat) =>
      format.formatToParts(0).find((p) => p.type === 'currency')?.value
    const narrow = make('narrowSymbol')
    const sharesItsSign = sign(narrow) !== sign(make('symbol')) && sign(narrow) !== currency
    known = { format: narrow, suffix: sharesItsSign ? ` ${currency}` : '' }
    formats.set(currency, known)
  }
  return known
}

export function formatMoney(amount: string | null | undefined, currency: string): string {
  if (amount === null || amount === undefined || amount === '') return '—'
  const { format, suffix } = formatFor(currency)
  // Intl reads the string itself, so no digit passes through a binary float.
  return format.format(amount as Intl.StringNumericLiteral) + suffix
}

/** "$125.00/hr"; anything but hours is written out: "$40.00/device". */
export function formatRate(rate: string | null | undefined, currency: string, unit?: string | null): string {
  if (rate === null || rate === undefined) return '—'
  return `${formatMoney(rate, currency)}${unit ? `/${shortUnit(unit)}` : ''}`
}

export function shortUnit(unit: string): string {
  if (/^hours?$/i.test(unit)) return 'hr'
  return unit === unit.toUpperCase() ? unit : unit.toLowerCase()
}

/** "12.50" → "12.5", "8.00" → "8": quantities without idle zeros. */
export function formatQuantity(quantity: string): string {
  const [whole = '0', fraction = ''] = quantity.split('.')
  const kept = fraction.replace(/0+$/, '')
  return kept ? `${whole}.${kept}` : whole
}

const DECIMAL = /^-?\d+(\.\d+)?$/

export function isDecimal(text: string): boolean {
  return DECIMAL.test(text)
}

/** What people type ("$1,250.5 ") as a decimal string ("1250.5"); null when it is not an amount. */
export function readDecimal(text: string): string | null {
  const bare = text.replace(/[\s,$€£]/g, '')
  return isDecimal(bare) ? bare : null
}

/** -1, 0 or 1 for two decimal strings, exactly. */
export function compareDecimals(a: string, b: string): number {
  const places = Math.max(fraction(a), fraction(b))
  const left = scaled(a, places)
  const right = scaled(b, places)
  return left < right ? -1 : left > right ? 1 : 0
}

export function isZero(amount: string): boolean {
  return compareDecimals(amount, '0') === 0
}

/** Whether people typed an amount, and one that is above zero. */
export function isAboveZero(text: string): boolean {
  const amount = readDecimal(text)
  return amount !== null && compareDecimals(amount, '0') > 0
}

const fraction = (text: string) => text.split('.')[1]?.length ?? 0

function scaled(text: string, places: number): bigint {
  const [whole = '0', digits = ''] = text.split('.')
  return BigInt(whole + digits.padEnd(places, '0'))
}
