import { expect, it } from 'vitest'
import { type Area, type Operation, shareOf } from './queries'

const operation = (changes: boolean, ...roles: string[]) => ({ changes, roles }) as Operation
const area = { operations: [operation(false, 'admin', 'billing'), operation(true, 'admin')] } as Area
const mixed = { operations: [operation(true, 'admin', 'billing'), operation(true, 'admin')] } as Area

it.each([
  [area, 'admin', 'all'],
  [area, 'billing', 'read'],
  [area, 'technician', 'none'],
  [mixed, 'billing', { allowed: 1, all: 2 }],
])('tells how much of an area a role may use', (one, role, share) => {
  expect(shareOf(one, role)).toEqual(share)
})
