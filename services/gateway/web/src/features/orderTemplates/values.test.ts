import { expect, test } from 'vitest'
import { linesOf } from './values'

test('each line is a task, and blank lines are none', () => {
  expect(linesOf(' Create the account\r\n\n  Order the laptop \n')).toEqual([
    'Create the account',
    'Order the laptop',
  ])
  expect(linesOf(' \n ')).toEqual([])
})
