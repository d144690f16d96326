import { expect, it } from 'vitest'
import { readAttribute, readRecord, shownAttribute, shownRecord } from './attributes'

it.each([
  ['integer', '12', 12],
  ['integer', 'twelve', 'twelve'],
  ['number', '1.5', '1.5'],
  ['text', ' com ', 'com'],
  ['text', '  ', null],
  ['hostnames', 'ns1.example.net, ns2.example.net', ['ns1.example.net', 'ns2.example.net']],
])('%s typed as %j is sent as %j', (type, text, sent) => {
  expect(readAttribute(type, text)).toEqual(sent)
})

it.each([
  ['www A 192.0.2.1', { name: 'www', type: 'A', value: '192.0.2.1' }],
  [
    '@ 3600 mx 10 mail.example.net',
    { name: '@', ttl: 3600, type: 'MX', priority: 10, value: 'mail.example.net' },
  ],
  [
    '@ TXT v=spf1 include:example.net -all',
    { name: '@', type: 'TXT', value: 'v=spf1 include:example.net -all' },
  ],
])('the record %j is read as written, and shown so again', (line, record) => {
  expect(readRecord(line)).toEqual(record)
  expect(readRecord(shownRecord(readRecord(line)))).toEqual(record)
})

it('shows lists and records as they are typed', () => {
  expect(shownAttribute(['a.example', 'b.example'])).toBe('a.example, b.example')
  expect(shownAttribute([{ type: 'A', name: '@', value: '192.0.2.1', ttl: 300 }])).toBe('@ 300 A 192.0.2.1')
  expect(shownAttribute(null)).toBe('')
})
