/** Dates for people. A `date` is a day without a time zone ("2025-11-30"); an instant is RFC 3339 in UTC. */
const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })
const WEEKDAY = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' })
const MONTH = new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' })
const INSTANT = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' })

export function formatDate(day: string | null | undefined): string {
  return day ? DAY.format(new Date(`${day.slice(0, 10)}T00:00:00Z`)) : '—'
}

export const formatWeekday = (day: string) => WEEKDAY.format(new Date(`${day}T00:00:00Z`))

export const formatMonth = (day: string) => MONTH.format(new Date(`${day}T00:00:00Z`))

export function formatInstant(instant: string | null | undefined): string {
  return instant ? INSTANT.format(new Date(instant)) : '—'
}

let calendar = calendarOf()

function calendarOf(timeZone?: string) {
  return new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
}

/** Sets the zone whose date is `today`: the MSP's, which comes with the session. */
export function setTimeZone(timeZone: string): void {
  calendar = calendarOf(timeZone)
}

/** The MSP's date, wherever the user sits; the browser's until someone has signed in. */
export function today(now = new Date()): string {
  const parts = Object.fromEntries(calendar.formatToParts(now).map(({ type, value }) => [type, value]))
  return `${parts.year}-${parts.month}-${parts.day}`
}

/** The time of day of an instant in a time zone, as a time field has it ("09:15"). */
export function timeIn(zone: string, instant: string): string {
  const format = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return new Intl.DateTimeFormat('en-GB', format).format(new Date(instant))
}

/** The day of an instant in a time zone ("2025-11-03"). */
export function dayIn(zone: string, instant: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(instant))
}

/** The same day a year later; March 1 after February 29. */
/** The first day of the month after the one of `day`. */
export function nextMonth(day: string): string {
  const first = new Date(`${day.slice(0, 8)}01T00:00:00Z`)
  first.setUTCMonth(first.getUTCMonth() + 1)
  return first.toISOString().slice(0, 10)
}

export function yearLater(day: string): string {
  const later = new Date(`${day}T00:00:00Z`)
  later.setUTCFullYear(later.getUTCFullYear() + 1)
  return later.toISOString().slice(0, 10)
}

/** The day `days` later, or earlier for a negative number. */
export function daysLater(day: string, days: number): string {
  const later = new Date(`${day}T00:00:00Z`)
  later.setUTCDate(later.getUTCDate() + days)
  return later.toISOString().slice(0, 10)
}

/** The later of two days. */
export const laterOf = (one: string, other: string) => (one < other ? other : one)

/** Whole days from `from` to `day`: negative when it is past. */
export function daysUntil(day: string, from = today()): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
