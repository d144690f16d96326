import { describe, expect, it } from 'vitest'
import { equalShares, percentOf, sumOf } from './decimals'

describe('sumOf', () => {
  it('adds exactly', () => {
    expect(sumOf(['0.1', '0.2', '10'])).toBe('10.30')
    expect(sumOf(['5', '-7.25'])).toBe('-2.25')
    expect(sumOf(['', 'x'])).toBe('0.00')
  })
})

describe('percentOf', () => {
  it('rounds half up to whole percent', () => {
    expect(['15', '10', '5'].map((hours) => percentOf(hours, '30'))).toEqual(['50', '33', '17'])
    expect(percentOf('1', '200')).toBe('1')
    expect(percentOf('1', '0')).toBeNull()
  })
})

describe('equalShares', () => {
  it('gives the remainder to the first', () => {
    expect(equalShares('10', 3)).toEqual(['3.34', '3.33', '3.33'])
    expect(equalShares('30', 2)).toEqual(['15.00', '15.00'])
    expect(equalShares('30', 0)).toEqual([])
  })
})
