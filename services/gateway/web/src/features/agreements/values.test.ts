import { describe, expect, it } from 'vitest'
import {
  allocationProblem,
  bodyOf,
  changesTerms,
  checksFor,
  copyOf,
  fresh,
  NO_TERMS,
  type Values,
  valuesOf,
  type Whole,
} from './values'

const names: Record<string, string> = { a: 'Support', b: 'Consulting' }
const checks = checksFor(() => ({ currency: 'USD', name: (id) => names[id] ?? id, amends: () => false }))

const values = (changes: Partial<Values>): Values => ({
  ...fresh('client', '2026-01-01'),
  name: 'Gold',
  total_hours: '30',
  services: { a: { ...NO_TERMS, hours: '15' }, b: { ...NO_TERMS, hours: '10' } },
  ...changes,
})

const row = {
  custom_rate: '75.00',
  hours_allocated: '15.00',
  negotiated_quantity: null,
  recurring_share: null,
}
const WHOLE = {
  name: 'Gold',
  type: 'block_hours_prepaid',
  reference: 'PO 1',
  start_date: '2025-01-01',
  end_date: '2025-12-31',
  net_terms: 30,
  total_hours: '30.00',
  recurring_amount: null,
  overage_rate: null,
  low_hours_threshold: '15.00',
  rows: [
    { ...row, client_service_id: 'a', included: true },
    { ...row, client_service_id: 'b', included: false },
  ],
} as Whole

describe('allocationProblem', () => {
  it('names both figures when strict hours do not add up', () => {
    expect(allocationProblem(values({ allocation_policy: 'strict' }))).toBe(
      'Total allocated hours (25) ≠ Agreement hours (30)',
    )
  })

  it('lets pooled hours stay below the total, but not above it', () => {
    expect(allocationProblem(values({}))).toBeNull()
    expect(allocationProblem(values({ total_hours: '24.5' }))).toBe(
      'Total allocated hours (25) exceed agreement hours (24.5)',
    )
  })
})

describe('an amendment', () => {
  const amending = checksFor(() => ({ name: (id) => id, amends: () => true }))

  it('needs its first day and a reason', () => {
    const changed = values({ first_day: '2026-05-01', reason: ' ' })
    expect(amending.first_day('', changed)).toMatch('first day')
    expect(amending.first_day('2026-05-01', changed)).toBeNull()
    expect(amending.reason(' ', changed)).toMatch('why')
    expect(amending.reason('Price round', changed)).toBeNull()
    expect(checks.reason('', changed)).toBeNull()
  })

  it('is not an edit of notes and reference', () => {
    const agreement = { ...WHOLE, terms_from: '2026-01-01' }
    const before = valuesOf(agreement)
    expect(changesTerms({ ...before, internal_notes: 'Call first', reference: 'PO 7' }, agreement)).toBe(
      false,
    )
    expect(changesTerms({ ...before, overage_rate: '150' }, agreement)).toBe(true)
  })
})

describe('checks', () => {
  it('name the service of a rate that is no amount', () => {
    const wrong = values({ services: { a: { ...NO_TERMS, rate: '12x' } } })
    expect(checks.services(wrong.services, wrong)).toContain('Agreement rate of Support: ')
  })

  it('ask for at least one selected service', () => {
    const none = values({ services: {} })
    expect(checks.services({}, none)).toBe('Choose at least one service.')
    expect(checks.services({}, { ...none, coverage: 'all' })).toBeNull()
  })

  it('ask for an amount and a frequency of a fixed price only', () => {
    const fixed = values({ type: 'fixed_price' })
    expect(checks.recurring_amount('', fixed)).not.toBeNull()
    expect(checks.frequency('', fixed)).not.toBeNull()
    expect(checks.recurring_amount('', values({}))).toBeNull()
  })
})

describe('bodyOf', () => {
  it('sends the fields of the type only', () => {
    const fixed = bodyOf(values({ type: 'fixed_price', recurring_amount: '$1,250.50', frequency: 'monthly' }))
    expect(fixed).toMatchObject({ total_hours: null, recurring_amount: '1250.50', rollover: 'none' })
    expect(fixed.services?.[0]).toMatchObject({ client_service_id: 'a', hours_allocated: null })
  })

  it('sends only services with terms of their own where all are covered', () => {
    const all = bodyOf(values({ coverage: 'all', services: { a: NO_TERMS, b: { ...NO_TERMS, rate: '90' } } }))
    expect(all.services?.map((row) => row.client_service_id)).toEqual(['b'])
  })
})

describe('copyOf', () => {
  it('starts today, is open-ended and leaves out services that are not on the rate card', () => {
    const copy = copyOf(WHOLE, '2026-03-01')
    expect(copy).toMatchObject({
      name: 'Copy of Gold',
      start_date: '2026-03-01',
      end_date: '',
      reference: '',
    })
    expect(copy).toMatchObject({ total_hours: '30', services: { a: { rate: '75.00', hours: '15' } } })
    expect(Object.keys(copy.services)).toEqual(['a'])
  })
})
