import { expect, it } from 'vitest'
import { generatePassword } from './generate'

it('makes passwords that the server takes and nobody misreads', () => {
  const made = Array.from({ length: 50 }, generatePassword)
  expect(new Set(made).size).toBe(50)
  for (const password of made) expect(password).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/)
})
