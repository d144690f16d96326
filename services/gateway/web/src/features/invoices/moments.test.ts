import { expect, it } from 'vitest'
import { momentsOf } from './moments'

const facts = [
  { kind: 'created', at: '2026-03-01T09:00:00Z' },
  { kind: 'issued', on: '2026-03-01', amount: '100.00' },
  { kind: 'payment_applied', at: '2026-03-04T09:00:00Z', on: '2026-03-03', amount: '40.00', payment_id: 'p' },
] as never[]
const activity = [
  { type: 'billing.invoice.issued.v1', occurred_at: '2026-03-01T09:30:00Z', actor_name: 'Ann' },
] as never[]
const mail = { id: 'm', cc: ['cc@x.example'], recipient: 'a@x.example', resends: 0, last_error: null }
const mails = [
  {
    ...mail,
    status: 'failed',
    last_error: 'No such user',
    sent_at: null,
    created_at: '2026-03-01T09:31:00Z',
  },
  {
    ...mail,
    status: 'sent',
    resends: 1,
    sent_at: '2026-03-02T10:00:00Z',
    created_at: '2026-03-01T09:31:00Z',
  },
] as never[]

it('tells the newest first, who issued it, to whom it was mailed and why that failed', () => {
  const found = momentsOf(facts, activity, mails)
  expect(found.map(({ kind, status }) => status ?? kind)).toEqual([
    'payment_applied',
    'resent',
    'failed',
    'issued',
    'created',
  ])
  expect(found[2]).toMatchObject({
    note: 'No such user',
    tone: 'bad',
    recipient: 'a@x.example, cc@x.example',
  })
  expect(found[3]).toMatchObject({ by: 'Ann', exact: true, when: '2026-03-01T09:30:00Z' })
})

it('shows the day alone where the audit log does not know the hour yet', () => {
  expect(momentsOf(facts, [], []).find(({ kind }) => kind === 'issued')).toMatchObject({
    when: '2026-03-01',
    exact: false,
  })
})
