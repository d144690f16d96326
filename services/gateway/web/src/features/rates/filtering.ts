/** Which rows of the card are shown, and under which headings. */
import { type Draft, stateOf } from './draft'
import type { ClientService } from './queries'

export type Kind = 'all' | 'custom' | 'default' | 'service' | 'excluded' | 'review'

export function matches(row: ClientService, draft: Draft, q: string, kind: Kind): boolean {
  const words = q.trim().toLowerCase()
  const text = `${row.name} ${draft.name} ${row.description} ${row.category ?? ''}`.toLowerCase()
  return (!words || text.includes(words)) && isOf(kind, row, draft)
}

function isOf(kind: Kind, row: ClientService, draft: Draft): boolean {
  const state = stateOf(draft)
  if (kind === 'all') return true
  if (kind === 'excluded') return state === 'excluded'
  if (kind === 'review') return row.rate_review
  if (kind === 'service') return row.is_custom && state !== 'excluded'
  return !row.is_custom && state === (kind === 'custom' ? 'override' : 'included')
}

/** By category in alphabetical order, those without one last; within one by name. */
export function sections(rows: ClientService[]): [category: string, rows: ClientService[]][] {
  const found = new Map<string, ClientService[]>()
  for (const row of rows) {
    const category = row.category ?? ''
    found.set(category, [...(found.get(category) ?? []), row])
  }
  return [...found].sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b)))
}
