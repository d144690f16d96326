import { expect, it } from 'vitest'
import { ownPath } from './LoginPage'

it.each([
  ['/clients?status=active', '/clients?status=active'],
  [undefined, '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/login?next=/', '/'],
])('after signing in, next=%s leads to %s', (next, path) => {
  expect(ownPath(next)).toBe(path)
})
