import { expect, it } from 'vitest'
import { bodyOf, draftOf, problemOf, type Values, valuesOf } from './values'

const item = { service_id: 's1', name: 'Desk', unit: 'Hour', archived: false, quantity: '2', unit_price: '' }
const values = (change: Partial<Values>): Values => ({
  ...valuesOf(null),
  name: 'Starter',
  items: [item],
  ...change,
})

it('sends only what belongs to the chosen way of pricing', () => {
  const both = { price: '99', markup_percent: '-10' }
  expect(bodyOf(values({ ...both, pricing: 'components' }))).not.toHaveProperty('price')
  expect(bodyOf(values({ ...both, pricing: 'fixed' }))).toMatchObject({ price: '99' })
  expect(bodyOf(values({ ...both, pricing: 'fixed' }))).not.toHaveProperty('markup_percent')
  expect(bodyOf(values({ ...both, pricing: 'markup' }))).toMatchObject({ markup_percent: '-10' })
})

it('takes an empty unit price for the catalog’s own', () => {
  expect(bodyOf(values({})).items).toEqual([{ service_id: 's1', quantity: '2', unit_price: null }])
})

it('asks for no total before it can be worked out', () => {
  expect(draftOf(values({ items: [] }))).toBeNull()
  expect(draftOf(values({ pricing: 'fixed', price: '' }))).toBeNull()
  expect(draftOf(values({ pricing: 'markup', markup_percent: 'x' }))).toBeNull()
  expect(draftOf(values({ items: [{ ...item, quantity: '0' }] }))).toBeNull()
  expect(draftOf(values({ pricing: 'markup', markup_percent: '-12.5' }))).not.toBeNull()
})

it('says which item is wrong and how', () => {
  expect(problemOf(item)).toBeNull()
  expect(problemOf({ ...item, quantity: '-1' })).toContain('Desk')
  expect(problemOf({ ...item, unit_price: '1,2x' })).toContain('Desk')
})
