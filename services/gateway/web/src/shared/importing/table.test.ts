import { expect, it } from 'vitest'
import { failedRows } from './failed'
import { guess, isOwn, mapped, missing, remember, remembered } from './mapping'
import { headerOf, parseTable, readTable, writeTable } from './table'

const known = ['name', 'description', 'default_rate']

it.each([
  ['name,description\nA,B', ['name', 'description']],
  ['Name;Default Rate\r\nA;1', ['Name', 'Default Rate']],
  ['name\tdefault_rate\n', ['name', 'default_rate']],
  ['\uFEFFname,"de""sc, more"\n', ['name', 'de"sc, more']],
  ['\n\nname,description', ['name', 'description']],
  ['"a, b; c";name\n', ['a, b; c', 'name']],
  ['sep=|\r\nname|a,b\r\n', ['name', 'a,b']],
  ['\uFEFF"sep=;"\nname;a,b\n', ['name', 'a,b']],
])('%j has the columns %j', (text, columns) => {
  expect(headerOf(parseTable(text, known))).toEqual(columns)
})

it('reads UTF-16 as a spreadsheet saves it', async () => {
  const text = '\uFEFFname\tdefault_rate\r\nÉcran\t5'
  const bytes = new Uint8Array(text.length * 2)
  for (let at = 0; at < text.length; at++)
    new DataView(bytes.buffer).setUint16(at * 2, text.charCodeAt(at), true)
  const { records } = await readTable(new Blob([bytes]), known)
  expect(records).toEqual([
    ['name', 'default_rate'],
    ['Écran', '5'],
  ])
})

const kind = { columns: [...known, 'notes'], needed: ['name'], more: /^rate_[A-Z]{3}$/ }

it('guesses columns by name, by pattern and by what other programs call them, each once', () => {
  const header = ['Service Name', 'Default Rate', 'rate_KYD', 'Price', 'Memo', 'colour', 'NAME']
  expect(guess(header, kind)).toEqual([null, 'default_rate', 'rate_KYD', null, 'notes', null, 'name'])
  expect(missing(guess(['colour'], kind), kind)).toEqual(['name'])
})

it('guesses a client list of another program', () => {
  const columns = [
    'name',
    'website',
    'phone',
    'location_city',
    'location_postal_code',
    'country',
    'billing_email',
  ]
  const header = ['Company', 'Web', 'Telephone', 'Town', 'ZIP Code', 'Country', 'Invoice Email', 'Reason']
  const all = { columns, needed: ['name'] }
  expect(guess(header, all)).toEqual([...columns, null])
})

it('sends only the columns that are read, every row at its place', async () => {
  const table = parseTable('\nTitle,Colour,Memo\nA,red,"x, ""y"""\n\nB\nC,blue,z,more\n', known)
  const records = mapped(table, ['name', null, 'notes'])
  expect(records).toEqual([[], ['name', 'notes'], ['A', 'x, "y"'], [''], ['B'], ['C', 'z', 'more']])
  const sent = await writeTable(records).text()
  expect(parseTable(sent, known).records.slice(1)).toEqual(records.slice(1))
  expect(isOwn(['Title'], ['name'])).toBe(false)
  expect(isOwn(['Name', ''], ['name', null])).toBe(true)
})

it('remembers the choices for the next file with the same header', () => {
  remember('clients', ['Colour', 'Title'], [null, 'name'])
  expect(remembered('clients', ['colour', 'TITLE'], kind)).toEqual({ mapping: [null, 'name'], again: true })
  expect(remembered('contacts', ['Colour', 'Title'], kind).again).toBe(false)
  expect(remembered('clients', ['Colour', 'Title'], { columns: ['other'], needed: [] }).again).toBe(false)
})

it('writes the bad rows with the reason beside each', async () => {
  const table = parseTable('name;rate\nGood;1\nBad;"12,5"\nShort\n', known)
  const errors = { 3: { default_rate: ['"12,5" has a comma.'] }, 4: { _row: ['Too short.'] } }
  const results = Object.entries(errors).map(([row, of]) => ({
    row: Number(row),
    action: 'error' as const,
    id: null,
    name: null,
    changes: {},
    errors: of,
    warnings: {},
  }))
  const text = await failedRows(table, { results }).text()
  expect(parseTable(text, []).records).toEqual([
    ['name', 'rate', 'Reason'],
    ['Bad', '12,5', 'default_rate: "12,5" has a comma.'],
    ['Short', '', 'Too short.'],
  ])
})
