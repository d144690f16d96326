/** Exact arithmetic of hours and shares, as decimal strings. Amounts of money are summed by the server only. */

const PLACES = 2
const STEP = 10n ** BigInt(PLACES)

/** The sum; texts that are no decimals count as nothing. */
export function sumOf(values: readonly string[]): string {
  return written(values.reduce((sum, value) => sum + scaled(value), 0n))
}

/** A part of a whole in whole percent, rounded half up; null of nothing. */
export function percentOf(part: string, whole: string): string | null {
  const total = scaled(whole)
  if (total <= 0n) return null
  return ((scaled(part) * 200n + total) / (2n * total)).toString()
}

/** Equal shares in steps of 0.01; the first gets what is left over, as the server distributes. */
export function equalShares(total: string, parts: number): string[] {
  if (parts === 0) return []
  const all = scaled(total)
  const share = all / BigInt(parts)
  const first = all - share * BigInt(parts - 1)
  return [first, ...Array<bigint>(parts - 1).fill(share)].map(written)
}

function scaled(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return 0n
  const value = BigInt(match[2]! + (match[3] ?? '').slice(0, PLACES).padEnd(PLACES, '0'))
  return match[1] ? -value : value
}

function written(value: bigint): string {
  const size = value < 0n ? -value : value
  const text = `${size / STEP}.${(size % STEP).toString().padStart(PLACES, '0')}`
  return value < 0n ? `-${text}` : text
}
