import { expect, it } from 'vitest'
import { bodyOf, checks, percentProblem, type Values, valuesOf } from './values'

const values = (change: Partial<Values>): Values => ({ ...valuesOf(null), name: ' Sales tax ', ...change })

it('sends one tax with its rate and no parts', () => {
  const body = bodyOf(values({ treatment: 'one', rate_percent: '8.25' }))
  expect(body).toMatchObject({ name: 'Sales tax', rate_percent: '8.25', components: [], exempt: false })
})

it('sends several taxes without a rate together, and the first never compound', () => {
  const components = [
    { key: 0, name: 'GST', rate_percent: '5', compound: true },
    { key: 1, name: 'QST', rate_percent: '9.975', compound: true },
  ]
  const body = bodyOf(values({ treatment: 'several', components, rate_percent: '99' }))
  expect(body).not.toHaveProperty('rate_percent')
  expect(body.components).toEqual([
    { name: 'GST', rate_percent: '5', compound: false },
    { name: 'QST', rate_percent: '9.975', compound: true },
  ])
})

it('sends an exemption with its reason and nothing of a tax', () => {
  const body = bodyOf(values({ treatment: 'exempt', exempt_reason: 'Charity', inclusive: true }))
  expect(body).toMatchObject({ exempt: true, exempt_reason: 'Charity', inclusive: false, components: [] })
})

it('asks for what the chosen treatment needs, and for nothing else', () => {
  expect(checks.rate_percent('', values({ treatment: 'one' }))).not.toBeNull()
  expect(checks.rate_percent('', values({ treatment: 'exempt' }))).toBeNull()
  expect(checks.components([], values({ treatment: 'several' }))).not.toBeNull()
})

it.each([
  ['0', true],
  ['100', true],
  ['8.25 %', true],
  ['12,5', false],
  ['100.01', false],
  ['-1', false],
  ['', false],
])('%j is a percentage: %s', (text, ok) => {
  expect(percentProblem(text) === null).toBe(ok)
})
