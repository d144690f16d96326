import { expect, it } from 'vitest'
import { draftBody, draftLine, linesProblem } from './draftValues'

const line = {
  id: 'l1',
  service_id: 's1',
  client_service_id: 'c1',
  service_name: 'Remote Support',
  description: 'Remote Support - 12.5 hours',
  quantity: '12.50',
  unit: 'Hour',
  unit_rate: '125.00',
  rate_source: 'client',
  amount: '1562.50',
} as never

const body = (changed: object) =>
  draftBody({ lines: [{ ...draftLine(line, 0), ...changed }], notes: ' ', issued_on: '' }, true)

it('leaves the rate and the text that the server makes to the server', () => {
  expect(body({ quantity: '1,250.5' })).toEqual({
    notes: null,
    issued_on: null,
    lines: [
      {
        service_id: null,
        client_service_id: 'c1',
        description: null,
        quantity: '1250.5',
        unit: 'Hour',
        unit_rate: null,
      },
    ],
  })
})

it('keeps a text and a rate that people wrote', () => {
  const written = { ...(line as object), description: 'Remote Support - night shift', rate_source: 'manual' }
  expect(draftLine(written as never, 0)).toMatchObject({
    description: 'Remote Support - night shift',
    unit_rate: '125.00',
  })
})

it('says which line is wrong, and sends no lines where they are fixed', () => {
  const free = { ...draftLine(line, 0), service: '', description: 'Work', unit_rate: '12,5' }
  expect(linesProblem([draftLine(line, 0), free], 'USD')).toMatch(/^Line 2: /)
  expect(linesProblem([{ ...free, unit_rate: '12.5' }], 'USD')).toBeNull()
  expect(draftBody({ lines: [], notes: 'Thanks', issued_on: '2026-01-31' }, false)).toEqual({
    notes: 'Thanks',
    issued_on: '2026-01-31',
  })
})
