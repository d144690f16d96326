import { expect, test } from 'vitest'
import { bodyOfRow, newRow, rowsOf } from './values'

test('questions survive the editor, and only a choice has choices', () => {
  const questions = [
    { label: 'Device', type: 'choice' as const, required: true, choices: ['Laptop', 'Desktop'] },
    { label: 'Name', type: 'text' as const, required: false, choices: [] },
  ]
  const rows = rowsOf(questions)
  expect(rows.map(bodyOfRow)).toEqual(questions)
  expect(bodyOfRow({ ...rows[0]!, type: 'text' }).choices).toEqual([])
  expect(bodyOfRow({ ...rows[0]!, choices: ' A \n\nB' }).choices).toEqual(['A', 'B'])
  expect(newRow(rows).key).toBe(2)
  expect(newRow([]).key).toBe(0)
})
