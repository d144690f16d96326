import { expect, it } from 'vitest'
import { runEach } from './bulk'

it('does all rows, a few at a time, and one failure stops no other', async () => {
  let running = 0
  let most = 0
  const { done, failed } = await runEach([1, 2, 3, 4, 5, 6, 7], async (n) => {
    most = Math.max(most, ++running)
    await Promise.resolve()
    running--
    if (n === 3) throw new Error('no')
  })
  expect(done.sort()).toEqual([1, 2, 4, 5, 6, 7])
  expect(failed.map((each) => each.row)).toEqual([3])
  expect(most).toBeLessThanOrEqual(4)
})
