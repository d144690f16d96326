import { expect, it } from 'vitest'
import { daysUntil, formatDate, setTimeZone, today, yearLater } from './dates'

it('shows a day as that day, whatever the time zone', () => {
  expect(formatDate('2025-11-30')).toBe('Nov 30, 2025')
  expect(formatDate(null)).toBe('—')
})

it('takes today from the clock on the wall until someone has signed in', () => {
  expect(today(new Date(2025, 10, 30, 23, 59))).toBe('2025-11-30')
})

it('takes today from the MSP’s clock, not from the browser’s', () => {
  const instant = new Date('2026-11-28T04:30:00Z')
  setTimeZone('America/New_York')
  expect(today(instant)).toBe('2026-11-27')
  setTimeZone('Asia/Tokyo')
  expect(today(instant)).toBe('2026-11-28')
})

it('counts whole days across a change of clocks', () => {
  expect(daysUntil('2025-12-08', '2025-11-08')).toBe(30)
  expect(daysUntil('2025-03-31', '2025-03-29')).toBe(2)
  expect(daysUntil('2025-11-01', '2025-11-08')).toBe(-7)
})

it('goes a year on, also from a leap day', () => {
  expect(yearLater('2026-11-27')).toBe('2027-11-27')
  expect(yearLater('2028-02-29')).toBe('2029-03-01')
})
