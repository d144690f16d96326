import { expect, it } from 'vitest'
import { asked } from './queries'

it('asks for whole days where the user sits, the last one included', () => {
  const query = asked({ page_size: 50, from: '2026-03-01', until: '2026-03-31', entity: 'billing.invoice' })

  expect(query).toEqual({
    page_size: 50,
    type: 'billing.invoice.',
    occurred_at_gte: new Date(2026, 2, 1).toISOString(),
    occurred_at_lt: new Date(2026, 3, 1).toISOString(),
  })
})

it('leaves out what is not asked for', () => {
  expect(asked({ page_size: 50, actor: 'system' })).toEqual({ page_size: 50, actor: 'system' })
})
