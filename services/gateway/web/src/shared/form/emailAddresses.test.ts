import { describe, expect, it } from 'vitest'
import { isEmail, splitAddresses, withoutTwins } from './emailAddresses'
import pasted from './pastedAddresses.json'

describe('a pasted list', () => {
  it.each(pasted)('$text', ({ text, addresses }) => {
    expect(splitAddresses(text)).toEqual(addresses)
  })
})

describe('isEmail', () => {
  it.each(['rechnung@straße.example', 'jo@x.example', 'zoë@bücher.example'])('takes %s', (text) => {
    expect(isEmail(text)).toBe(true)
  })
  it.each([
    '',
    'jo',
    'jo@x',
    'Jo <jo@x.example>',
    'a@b.example, c@d.example',
    'a@b.example;',
    'a b@c.example',
  ])('refuses %s', (text) => {
    expect(isEmail(text)).toBe(false)
  })
})

it('takes two spellings of one domain for one address, and ß never for ss', () => {
  const list = ['Jo@straße.example', 'jo@xn--strae-oqa.example', 'jo@strasse.example', 'JO@STRASSE.example']
  expect(withoutTwins(list)).toEqual(['Jo@straße.example', 'jo@strasse.example'])
})
