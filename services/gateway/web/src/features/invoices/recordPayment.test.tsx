import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/problem'
import { renderAt } from '@/test-render'
import * as queries from './queries'
import { type Invoice, paymentBody } from './queries'
import { RecordPayment } from './recordPayment'

const invoice = { id: 'i1', client_id: 'c1', currency: 'USD', balance: '100.00' } as Invoice
vi.mock('./queries', { spy: true })
const record = vi.mocked(queries.recordPayment)

beforeEach(() => {
  record.mockReset()
})

async function open() {
  const user = userEvent.setup()
  await renderAt('/', <RecordPayment invoice={invoice} onClose={() => {}} />)
  const button = await screen.findByRole('button', { name: 'Record payment' })
  return { user, button }
}

const keys = () => record.mock.calls.map(([, key]) => key)

it('sends one request for a double click', async () => {
  record.mockImplementation(() => new Promise(() => {}))
  const { user, button } = await open()
  await user.dblClick(button)
  expect(record).toHaveBeenCalledTimes(1)
})

it('keeps its key when the answer was lost, so that a second try pays once', async () => {
  record.mockRejectedValueOnce(new ApiError(0, {}))
  const { user, button } = await open()
  await user.click(button)
  await screen.findByText(/couldn’t confirm this was saved/)
  await user.click(button)
  await waitFor(() => expect(record).toHaveBeenCalledTimes(2))
  expect(new Set(keys()).size).toBe(1)
})

it('takes a new key after a definite refusal, for the corrected payment', async () => {
  record.mockRejectedValueOnce(new ApiError(422, { errors: { amount: ['Too much.'] } }))
  const { user, button } = await open()
  await user.click(button)
  await screen.findByText('Too much.')
  await user.click(button)
  await waitFor(() => expect(record).toHaveBeenCalledTimes(2))
  expect(new Set(keys()).size).toBe(2)
})

it('refuses an amount of nothing before asking the server', async () => {
  const { user, button } = await open()
  const amount = screen.getByLabelText(/Amount/)
  await user.clear(amount)
  await user.type(amount, '0.00')
  await user.click(button)
  await screen.findByText('Enter an amount above zero.')
  expect(record).not.toHaveBeenCalled()
})

it('gives this invoice no more than it is owed; the rest becomes credit', () => {
  const values = { method: 'check', reference: ' ', received_on: '2025-11-30' }
  expect(paymentBody(invoice, { ...values, amount: '150.00' })).toMatchObject({
    amount: '150.00',
    reference: null,
    allocations: [{ invoice_id: 'i1', amount: '100.00' }],
  })
  expect(paymentBody(invoice, { ...values, amount: '40' }).allocations).toEqual([
    { invoice_id: 'i1', amount: '40' },
  ])
})

it('offers to record what the server doubts, and confirms it only while nothing changes', async () => {
  const doubt = {
    confirmable: true,
    errors: { received_on: ['2001-05-01 is years before the client was added.'] },
  }
  record.mockRejectedValue(new ApiError(422, doubt))
  const { user, button } = await open()
  await user.click(button)
  await screen.findByText(/years before the client/)
  await user.click(await screen.findByRole('button', { name: 'Record payment anyway' }))
  await waitFor(() => expect(record).toHaveBeenCalledTimes(2))
  await user.type(screen.getByLabelText(/Reference/), 'x')
  await user.click(await screen.findByRole('button', { name: 'Record payment' }))
  await waitFor(() => expect(record).toHaveBeenCalledTimes(3))
  expect(record.mock.calls.map(([body]) => body.confirm)).toEqual([false, true, false])
})
