import { expect, it } from 'vitest'
import { matchColumns, parseHeader, readHeader } from './header'

const known = ['name', 'description', 'default_rate']

it.each([
  ['name,description\nA,B', ['name', 'description']],
  ['Name;Default Rate\r\nA;1', ['Name', 'Default Rate']],
  ['name\tdefault_rate\n', ['name', 'default_rate']],
  ['\uFEFFname,"de""sc, more"\n', ['name', 'de"sc, more']],
  ['\n\nname,description', ['name', 'description']],
  ['"a, b; c";name\n', ['a, b; c', 'name']],
])('%j has the columns %j', (text, columns) => {
  expect(parseHeader(text, known)).toEqual(columns)
})

it('reads UTF-16 as a spreadsheet saves it', async () => {
  const text = '\uFEFFname\tdefault_rate\r\nÉcran\t5'
  const bytes = new Uint8Array(text.length * 2)
  for (let at = 0; at < text.length; at++)
    new DataView(bytes.buffer).setUint16(at * 2, text.charCodeAt(at), true)
  expect(await readHeader(new Blob([bytes]), known)).toEqual(['name', 'default_rate'])
})

const kind = { columns: known, needed: ['name'], more: /^rate_[A-Z]{3}$/ }

it('matches names whatever their case and spacing, and takes those of a pattern', () => {
  const { found, missing, left, wrong } = matchColumns(['NAME', 'Default Rate', 'rate_KYD'], kind)
  expect(found.map(({ as }) => as)).toEqual(['name', 'default_rate', 'rate_KYD'])
  expect({ missing, left, wrong }).toEqual({ missing: [], left: ['description'], wrong: false })
})

it('finds unknown, doubled and missing columns', () => {
  const { found, missing, wrong } = matchColumns(['description', 'Description', 'colour'], kind)
  expect(found.map(({ as, doubled }) => [as, doubled])).toEqual([
    ['description', false],
    ['description', true],
    [null, false],
  ])
  expect(missing).toEqual(['name'])
  expect(wrong).toBe(true)
})
