import { expect, it } from 'vitest'
import { isFiltered, readListState, toggleSort, writeListState } from './listState'

const defaults = { sort: 'name', filterKeys: ['status', 'currency'], filters: { status: 'active' } }
const read = (search = {}) => readListState(search, defaults)

it('reads an empty address as the page’s own defaults', () => {
  expect(read()).toMatchObject({
    q: '',
    sort: 'name',
    filters: { status: 'active' },
    columns: null,
    pages: 1,
  })
  expect(isFiltered(read(), defaults)).toBe(false)
})

it('writes what it reads', () => {
  const change = { q: 'acme', sort: '-name', filters: { status: 'archived', currency: 'KYD' } }
  const address = writeListState({ tab: 'rates' }, change, defaults)
  expect(address).toEqual({ tab: 'rates', q: 'acme', sort: '-name', status: 'archived', currency: 'KYD' })
  expect(readListState(address, defaults)).toMatchObject(change)
})

it('keeps defaults out of the address, and can say “no filter” where one is the default', () => {
  expect(writeListState({}, { sort: 'name', filters: { status: 'active' } }, defaults)).toEqual({})
  const all = writeListState({}, { filters: {} }, defaults)
  expect(all).toEqual({ status: '-' })
  expect(read(all).filters).toEqual({})
  expect(isFiltered(read(all), defaults)).toBe(true)
})

it('starts a new question at its first page, and keeps the pages when only the view changes', () => {
  const address = { pages: '4' }
  expect(writeListState(address, { q: 'x' }, defaults)).toEqual({ q: 'x' })
  expect(writeListState(address, { columns: ['name'] }, defaults)).toEqual({ pages: '4', cols: 'name' })
})

it('does not trust the address', () => {
  expect(read({ pages: '-3' }).pages).toBe(1)
  expect(read({ pages: '9999999' }).pages).toBe(40)
  expect(read({ density: 'huge' }).density).toBe('comfortable')
})

it('turns a sort around', () => {
  expect(toggleSort('name', 'name')).toBe('-name')
  expect(toggleSort('-name', 'name')).toBe('name')
  expect(toggleSort('-name', 'status')).toBe('status')
})
