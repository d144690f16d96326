import { describe, expect, it } from 'vitest'
import { rates } from '@/shared/i18n/en/rates'
import { bodyOf, bodyOfCard, draftOf, effectiveRate, inState, isChanged, rateProblem, stateOf } from './draft'
import type { ClientService } from './queries'

const remote = {
  id: '1',
  name: 'Remote Support',
  custom_name: null,
  description: 'Help over the wire',
  notes: null,
  importance: 'medium',
  included: true,
  is_custom: false,
  default_rate: '125.00',
  custom_rate: null,
  version: 3,
} as ClientService
const vip = {
  ...remote,
  id: '2',
  is_custom: true,
  default_rate: null,
  custom_rate: '200.00',
} as ClientService

describe('the three states', () => {
  it('follow from what is typed', () => {
    const draft = draftOf(remote)
    expect(stateOf(draft)).toBe('included')
    expect(stateOf({ ...draft, rate: '110' })).toBe('override')
    expect(stateOf({ ...draft, rate: '110', included: false })).toBe('excluded')
  })

  it('can be chosen: an override starts at the default, going back forgets it', () => {
    const override = inState(remote, draftOf(remote), 'override')
    expect(override.rate).toBe('125.00')
    expect(inState(remote, { ...override, rate: '99' }, 'included').rate).toBe('')
    expect(inState(vip, draftOf(vip), 'included').rate).toBe('200.00')
  })
})

describe('the rate in force', () => {
  it('is the typed one, else the default, else none', () => {
    const draft = draftOf(remote)
    expect(effectiveRate(remote, draft)).toBe('125.00')
    expect(effectiveRate(remote, { ...draft, rate: '$1,100.5' })).toBe('1100.5')
    expect(effectiveRate(remote, { ...draft, included: false })).toBeNull()
    expect(effectiveRate(remote, { ...draft, rate: '0' })).toBe('0')
  })

  it('is refused when it is no amount', () => {
    const draft = draftOf(remote)
    expect(rateProblem(remote, { ...draft, rate: '12,5' }, 'USD')).toContain('12.5')
    expect(rateProblem(remote, { ...draft, rate: '-1' })).not.toBeNull()
    expect(rateProblem(vip, { ...draftOf(vip), rate: '' })).toBe(rates.missing)
    expect(rateProblem(remote, { ...draft, rate: '12x', included: false })).toBeNull()
  })
})

describe('a change', () => {
  it('is what differs in substance', () => {
    const draft = draftOf(remote)
    expect(isChanged(remote, draft)).toBe(false)
    expect(isChanged(vip, { ...draftOf(vip), rate: '200' })).toBe(false)
    expect(isChanged(vip, { ...draftOf(vip), rate: '200.01' })).toBe(true)
    expect(isChanged(remote, { ...draft, notes: 'agreed in June' })).toBe(true)
  })

  it('is sent with its version, the rest of the card without', () => {
    expect(bodyOf(remote, undefined)).not.toHaveProperty('version')
    expect(bodyOf(remote, { ...draftOf(remote), rate: '110' })).toMatchObject({
      version: 3,
      custom_rate: '110',
    })
    expect(bodyOf(vip, { ...draftOf(vip), included: false })).toMatchObject({
      included: false,
      is_custom: true,
    })
  })
})

describe('a service that is not on the card yet', () => {
  const offered = { ...remote, service_id: 's1', included: false, version: 0 } as ClientService

  it('is sent by its catalog id once it is chosen', () => {
    expect(bodyOfCard([offered], {})).toEqual([])
    const chosen = bodyOfCard([offered], { '1': { ...draftOf(offered), included: true, rate: '99' } })
    expect(chosen).toMatchObject([{ service_id: 's1', included: true, custom_rate: '99' }])
    expect(chosen[0]).not.toHaveProperty('id')
  })
})
