import type { BatchResults } from './types'

const AT_ONCE = 4

/** Runs `act` over all rows, a few at a time, and tells which succeeded. */
export async function runEach<T>(rows: T[], act: (row: T) => Promise<unknown>) {
  const done: T[] = []
  const failed: { row: T; error: unknown }[] = []
  const waiting = [...rows]
  async function work() {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      try {
        await act(row)
        done.push(row)
      } catch (error) {
        failed.push({ row, error })
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { done, failed }
}

/** The answers to one action that was sent in several portions. */
export function together(answers: BatchResults[]): BatchResults {
  const count = (status: 'succeeded' | 'failed' | 'skipped') =>
    answers.reduce((sum, answer) => sum + answer[status], 0)
  return {
    results: answers.flatMap((answer) => answer.results),
    succeeded: count('succeeded'),
    failed: count('failed'),
    skipped: count('skipped'),
  }
}
