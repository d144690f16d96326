import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const BRITISH =
  /\b\w*(?:colour|cancell(?:ed|ing)|favour|behaviour|honour|licence|cheque|centre|catalogue|(?:organ|util|recogn|author|custom|categor|summar|synchron)is(?:e|ed|es|ing|ation)\b)\w*/i

it('screens are written in US spelling', () => {
  const found = readdirSync('src/shared/i18n/en').flatMap((file) =>
    readFileSync(join('src/shared/i18n/en', file), 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line))
      // the names of words are the API's own
      .map((line) => line.replace(/^\s*\w+:/, ''))
      .flatMap((line) => BRITISH.exec(line)?.[0] ?? []),
  )
  expect(found).toEqual([])
})

it('days and moments are written by shared/dates alone, percentages by shared/money', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.startsWith(join('api', 'gen')),
  )
  const bad = files.filter((file) => {
    const text = readFileSync(join('src', file), 'utf8')
    if (/shared.(?:dates|money)\.ts$/.test(file)) return false
    return /toLocale(?:Date|Time)String|DateTimeFormat|\.toDateString\(|\} ?%[`<\n]/.test(
      text.replace(/width=.*/g, '').replace(/likeness: .*/, ''),
    )
  })
  expect(bad).toEqual([])
})
