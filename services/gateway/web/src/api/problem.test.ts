import { expect, it } from 'vitest'
import { ApiError, fieldErrors, toApiError } from './problem'

const response = (status: number, headers = {}) => new Response(null, { status, headers })

it('reads a problem and when to come back', () => {
  const error = toApiError(
    { title: 'Unavailable', detail: 'billing is away' },
    response(503, { 'Retry-After': '7' }),
  )
  expect(error).toMatchObject({ status: 503, retryAfter: 7, temporary: true, message: 'billing is away' })
})

it('tells an unreachable server from an answer', () => {
  const error = toApiError(new TypeError('Failed to fetch'))
  expect(error).toMatchObject({ status: 0, unreachable: true, temporary: true })
})

it('survives an answer that is no problem+json', () => {
  expect(toApiError('<html>', response(500)).status).toBe(500)
})

it('does not take a refusal for something that passes', () => {
  expect(new ApiError(422, {}).temporary).toBe(false)
})

it('flattens field errors, nested or dotted', () => {
  const problem = {
    errors: { name: ['Too long.', 'Taken.'], 'lines.0.amount': ['Wrong.'], terms: { days: ['No.'] } },
  }
  expect(fieldErrors(new ApiError(422, problem))).toEqual({
    name: 'Too long. Taken.',
    'lines.0.amount': 'Wrong.',
    'terms.days': 'No.',
  })
})
