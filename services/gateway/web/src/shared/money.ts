/**
 * Money for people. Amounts are decimal strings as the server sent them: shown and compared, never summed here.
 * "$3,500.00" for US dollars, "$3,500.00 KYD" for currencies that share a sign, "€3,500.00" for those with their own.
 */

/** ISO 4217's minor units where they are not two. */
const MINOR_UNITS: Record<string, number> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3]),
  ...'CLF UYW'.split(' ').map((code) => [code, 4]),
])

/** How many decimals amounts of a currency have. */
export const minorUnits = (currency: string) => MINOR_UNITS[currency] ?? 2

const formats = new Map<string, { suffix: string; sign?: string }>()
const byPlaces = new Map<string, Intl.NumberFormat>()

function formatFor(currency: string) {
  let known = formats.get(currency)
  if (!known) {
    const make = (currencyDisplay: 'symbol' | 'narrowSymbol') =>
      new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay })
    const signOf = (format: Intl.NumberFormat) =>
      format.formatToParts(0).find((p) => p.type === 'currency')?.value
    const format = make('narrowSymbol')
    const sign = signOf(format)
    const sharesItsSign = sign !== signOf(make('symbol')) && sign !== currency
    known = { sign, suffix: sharesItsSign ? ` ${currency}` : '' }
    formats.set(currency, known)
  }
  return known
}

/** "$" of US dollars; undefined where the currency has no sign but its code. */
export const narrowSign = (currency: string) => formatFor(currency).sign

function formatWith(currency: string, places: number): Intl.NumberFormat {
  const key = `${currency} ${places}`
  let known = byPlaces.get(key)
  if (!known) {
    known = new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: places,
      maximumFractionDigits: places,
    })
    byPlaces.set(key, known)
  }
  return known
}

export function formatMoney(amount: string | null | undefined, currency: string): string {
  if (amount === null || amount === undefined || !isDecimal(amount)) return '—'
  // ISO 4217's decimals, more for rates such as 0.0125: Intl by itself follows CLDR, which hides the paras of 12.34 RSD.
  const places = Math.max(amount.split('.')[1]?.replace(/0+$/, '').length ?? 0, minorUnits(currency))
  // Intl reads the string itself, so no digit passes through a binary float.
  return formatWith(currency, places).format(amount as Intl.StringNumericLiteral) + formatFor(currency).suffix
}

/** "$125.00/hr"; anything but hours is written out: "$40.00/device". */
export function formatRate(rate: string | null | undefined, currency: string, unit?: string | null): string {
  const shown = formatMoney(rate, currency)
  return `${shown}${unit && shown !== '—' ? `/${shortUnit(unit)}` : ''}`
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

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 })

/** "1234.50" → "1,234.5" */
export function formatNumber(value: string): string {
  return isDecimal(value) ? GROUPED.format(value as Intl.StringNumericLiteral) : '—'
}

/** "7.50" → "7.5%" */
export const formatPercent = (value: string) => (isDecimal(value) ? `${formatNumber(value)}%` : '—')

const DECIMAL = /^-?\d+(\.\d+)?(E[-+]?\d+)?$/

function isDecimal(text: string): boolean {
  return DECIMAL.test(text)
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

const fraction = (text: string) => text.split('.')[1]?.length ?? 0

function scaled(text: string, places: number): bigint {
  const [whole = '0', digits = ''] = text.split('.')
  return BigInt(whole + digits.padEnd(places, '0'))
}
