/** What an editor of a rate card holds before it is saved: plain data, so that every rule of it can be tested alone. */
import { rates } from '@/shared/i18n/en/rates'
import { compareDecimals } from '@/shared/money'
import { numberProblem, readDecimal, readOptional } from '@/shared/numbers'
import type { ClientService } from './queries'

export type State = 'included' | 'override' | 'excluded'

/** Texts as typed; `rate` and `name` blank mean "as in the catalog". */
export type Draft = {
  included: boolean
  rate: string
  name: string
  description: string
  notes: string
  importance: ClientService['importance']
}

export type Drafts = Record<string, Draft>

export function draftOf(row: ClientService): Draft {
  return {
    included: row.included,
    rate: row.custom_rate ?? '',
    name: row.custom_name ?? '',
    description: row.description,
    notes: row.notes ?? '',
    importance: row.importance,
  }
}

export function stateOf(draft: Draft): State {
  if (!draft.included) return 'excluded'
  return draft.rate.trim() ? 'override' : 'included'
}

/** The draft brought into a state: an override starts from the rate in force. */
export function inState(row: ClientService, draft: Draft, state: State): Draft {
  if (state === 'excluded') return { ...draft, included: false }
  if (state === 'included') return { ...draft, included: true, rate: row.is_custom ? draft.rate : '' }
  return { ...draft, included: true, rate: draft.rate.trim() || (row.default_rate ?? '') }
}

/** Why the rate as typed cannot be saved, or null. */
export function rateProblem(row: ClientService, draft: Draft, currency?: string): string | null {
  if (!draft.included) return null
  if (!draft.rate.trim()) return row.is_custom ? rates.missing : null
  return numberProblem(draft.rate, { kind: 'money', currency, min: '0' })
}

/** What the client would pay; null when the service is not included or the rate is no amount yet. */
export function effectiveRate(row: ClientService, draft: Draft): string | null {
  if (!draft.included || rateProblem(row, draft)) return null
  return draft.rate.trim() ? readDecimal(draft.rate) : row.default_rate
}

export function isChanged(row: ClientService, draft: Draft): boolean {
  const was = draftOf(row)
  return (
    draft.included !== was.included ||
    !sameRate(draft.rate, was.rate) ||
    draft.name.trim() !== was.name ||
    draft.description.trim() !== was.description ||
    draft.notes.trim() !== was.notes ||
    draft.importance !== was.importance
  )
}

function sameRate(typed: string, stored: string): boolean {
  const rate = readDecimal(typed)
  if (rate === null || stored === '') return typed.trim() === stored
  return compareDecimals(rate, stored) === 0
}

/** A service of the catalog that is not on the card yet has no version. */
export const isNew = (row: ClientService) => row.version === 0

/** The whole card as its PUT takes it: every row on it, and what is newly chosen from the catalog. */
export function bodyOfCard(rows: ClientService[], drafts: Drafts) {
  return rows
    .filter((row) => !isNew(row) || drafts[row.id]?.included)
    .map((row) => bodyOf(row, drafts[row.id]))
}

/** One row; only a changed one guards its version. */
export function bodyOf(row: ClientService, draft: Draft | undefined) {
  const now = draft ?? draftOf(row)
  const rate = readOptional(now.rate)
  const agreed = {
    ...(isNew(row) ? { service_id: row.service_id! } : { id: row.id }),
    included: now.included,
    description: now.description.trim(),
    notes: now.notes.trim() || null,
    importance: now.importance,
    ...(draft && !isNew(row) && { version: row.version }),
  }
  if (row.is_custom) return { ...agreed, is_custom: true, ...(rate !== null && { custom_rate: rate }) }
  return { ...agreed, custom_rate: rate, custom_name: now.name.trim() || null }
}
