import { describe, expect, it } from 'vitest'
import { emptyTier, type ModelValues, modelBody, modelProblem, modelValues, quoteDraft } from './priceModel'

const values = (change: Partial<ModelValues>): ModelValues => ({ ...modelValues(null), ...change })
const tier = (up_to: string, unit_price: string, flat_fee = '') => ({
  ...emptyTier(0),
  up_to,
  unit_price,
  flat_fee,
})

describe('what is sent', () => {
  it('is nothing where every unit costs the rate and nothing else is said', () => {
    expect(modelBody(values({}))).toBeNull()
    expect(modelBody(values({ minimum_charge: '5' }))).toMatchObject({
      model: 'per_unit',
      minimum_charge: '5',
    })
  })

  it('is the tiers in their order, the last without an end, whatever was typed there', () => {
    const tiers = [tier('100', '0.10'), tier('999', '0.08', '5')]
    expect(modelBody(values({ model: 'graduated', tiers }))).toEqual({
      model: 'graduated',
      minimum_charge: null,
      included_units: null,
      tiers: [
        { up_to: '100', unit_price: '0.10', flat_fee: null },
        { up_to: null, unit_price: '0.08', flat_fee: '5' },
      ],
    })
  })

  it('is the size of the package for packages only', () => {
    expect(modelBody(values({ model: 'package', package_size: '10' }))).toMatchObject({ package_size: '10' })
    expect(modelBody(values({ model: 'per_unit', package_size: '10' }))).toBeNull()
  })
})

it.each([
  [{ model: 'package' as const }, false],
  [{ model: 'package' as const, package_size: '10' }, true],
  [{ model: 'volume' as const, tiers: [tier('', '5')] }, true],
  [{ model: 'volume' as const, tiers: [tier('100', '5'), tier('', '4')] }, true],
  [{ model: 'volume' as const, tiers: [tier('', '5'), tier('', '4')] }, false],
  [{ model: 'volume' as const, tiers: [tier('100', '5'), tier('50', '4'), tier('', '3')] }, false],
  [{ model: 'volume' as const, tiers: [tier('', '', '')] }, false],
  [{ model: 'volume' as const, tiers: [tier('', '', '9')] }, true],
  [{ model: 'per_unit' as const, minimum_charge: 'x' }, false],
])('%j can be saved: %s', (change, right) => {
  expect(modelProblem(values(change)) === null).toBe(right)
})

it('quotes nothing before there is a price, and needs no rate where tiers say it', () => {
  const asked = { quantity: '5', currency: '', rate: '' }
  expect(quoteDraft(values({}), asked)).toBeNull()
  expect(quoteDraft(values({}), { ...asked, rate: '2' })).toMatchObject({
    default_rate: '2',
    price_model: null,
  })
  const tiers = [tier('', '5')]
  expect(quoteDraft(values({ model: 'volume', tiers }), asked)).toMatchObject({ default_rate: null })
  expect(quoteDraft(values({ model: 'volume', tiers }), { ...asked, quantity: '-1' })).toBeNull()
})

it('shows what it was given', () => {
  const stored = {
    model: 'graduated' as const,
    tiers: [
      { up_to: '100.00', unit_price: '0.10' },
      { up_to: null, unit_price: '0.08' },
    ],
  }
  expect(modelValues(stored).tiers.map(({ up_to }) => up_to)).toEqual(['100', ''])
})
