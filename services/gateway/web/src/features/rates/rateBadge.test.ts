import { expect, it } from 'vitest'
import { kindOf } from './rateBadge'

const row = { included: true, is_custom: false, custom_rate: null as string | null }

it('names where a rate comes from; an explicit 0.00 is a rate of its own', () => {
  expect(kindOf(row)).toBe('default')
  expect(kindOf({ ...row, custom_rate: '110.00' })).toBe('custom')
  expect(kindOf({ ...row, custom_rate: '0.00' })).toBe('custom')
  expect(kindOf({ ...row, is_custom: true })).toBe('service')
  expect(kindOf({ ...row, included: false, custom_rate: '110.00' })).toBe('excluded')
})
