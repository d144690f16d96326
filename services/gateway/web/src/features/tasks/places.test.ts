import { describe, expect, it } from 'vitest'
import { placeOf } from './places'

describe('the page of a task', () => {
  it('is the run of an invoice run', () => {
    expect(placeOf({ id: 'a', kind: 'invoice_run' })).toEqual({ to: '/invoice-runs/a' })
  })

  it('is the import page with the task in its address', () => {
    expect(placeOf({ id: 'a', kind: 'import_services' })).toEqual({
      to: '/catalog/import',
      search: { task: 'a' },
    })
    expect(placeOf({ id: 'a', kind: 'import_time' })).toEqual({
      to: '/work/import',
      search: { of: 'time', task: 'a' },
    })
  })

  it('does not exist for housekeeping', () => {
    expect(placeOf({ id: 'a', kind: 'prune' })).toBeNull()
  })
})
