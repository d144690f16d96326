import { expect, test } from 'vitest'
import { kept } from './savedViews'

test('a view keeps filters, sort and columns, not how far the list was scrolled', () => {
  const search = { status: 'active', sort: 'end_date', cols: 'name,status', pages: '4' }
  expect(kept(search)).toEqual({ status: 'active', sort: 'end_date', cols: 'name,status' })
  expect(search.pages).toBe('4')
})
