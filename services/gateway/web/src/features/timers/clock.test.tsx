import { expect, it } from 'vitest'
import { formatClock } from './clock'

it('shows hours, minutes and seconds', () => {
  expect(formatClock(0)).toBe('0:00:00')
  expect(formatClock(3909)).toBe('1:05:09')
  expect(formatClock(100 * 3600)).toBe('100:00:00')
})
