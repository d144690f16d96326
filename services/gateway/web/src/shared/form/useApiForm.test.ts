import { expect, it } from 'vitest'
import { splitErrors } from './useApiForm'

it('gives each field its own errors, indexes included, and the form the rest', () => {
  const errors = {
    'billing_cc_emails.3': '“x” is no address.',
    billing_cc_emails: 'At most 10.',
    _schema: 'Give one of both.',
    other: 'Unknown field.',
  }
  expect(splitErrors(errors, ['name', 'billing_cc_emails'])).toEqual({
    own: { billing_cc_emails: '“x” is no address. At most 10.' },
    rest: ['Give one of both.', 'other: Unknown field.'],
  })
})
