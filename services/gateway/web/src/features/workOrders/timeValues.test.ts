import { expect, it } from 'vitest'
import type { TimeEntry } from './queries'
import { blank, bodyOf, problemsOf, valuesIn } from './timeValues'

const entry = {
  hours: '2.75',
  worked_on: '2025-11-03',
  started_at: '2025-11-04T03:30:00+00:00',
  ended_at: '2025-11-04T06:15:00+00:00',
  technician_id: 'dana',
} as TimeEntry
const times = {
  ...blank,
  by: 'times' as const,
  worked_on: '2025-11-03',
  started_at: '22:30',
  ended_at: '01:15',
}

it('shows start and end in the time zone of the MSP, past midnight too', () => {
  const values = valuesIn('America/New_York')(entry)
  expect(values).toMatchObject({ by: 'times', started_at: '22:30', ended_at: '01:15', nextDay: true })
  expect(bodyOf(values, entry)).toMatchObject({
    started_at: '2025-11-03T22:30',
    ended_at: '2025-11-04T01:15',
  })
})

it('asks about an end before the start', () => {
  expect(Object.keys(problemsOf(times))).toEqual(['ended_at'])
  expect(problemsOf({ ...times, nextDay: true })).toEqual({})
  expect(Object.keys(problemsOf({ ...times, started_at: '', ended_at: '' }))).toEqual([
    'started_at',
    'ended_at',
  ])
})

it('takes the times off an entry that is corrected to hours', () => {
  const values = { ...valuesIn('America/New_York')(entry), by: 'hours' as const, hours: '1:30' }
  expect(bodyOf(values, entry)).toMatchObject({
    hours: '1.50',
    worked_on: '2025-11-03',
    started_at: null,
    ended_at: null,
  })
  expect(bodyOf({ ...blank, hours: '1' }, null)).not.toHaveProperty('started_at')
})
