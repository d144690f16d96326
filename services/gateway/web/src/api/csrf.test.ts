import { expect, it } from 'vitest'
import { csrfToken, needsCsrf } from './csrf'

it('finds the token among other cookies, with the prefix it has over TLS too', () => {
  expect(csrfToken('a=1; evergreen_csrf=t%2B1')).toBe('t+1')
  expect(csrfToken('__Host-evergreen_csrf=abc; b=2')).toBe('abc')
  expect(csrfToken('not_evergreen_csrf=x')).toBeNull()
})

it('is wanted only where something changes', () => {
  expect(['GET', 'head', 'POST', 'PATCH', 'DELETE'].map(needsCsrf)).toEqual([false, false, true, true, true])
})
