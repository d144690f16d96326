/**
 * The state of a list lives in the address, so that a list can be bookmarked, shared, and returned to:
 * `?q=acme&status=active&sort=-name&cols=name,status&density=compact&pages=3`.
 */
import { readWhole } from '@/shared/numbers'

export const PAGE_SIZE = 50
const MOST_PAGES = 40
const DENSITY_KEY = 'evergreen.density'

export type Density = 'comfortable' | 'compact'
export type Layout = 'table' | 'cards'

export type ListState = {
  q: string
  sort: string
  filters: Record<string, string>
  /** Ids of the visible columns, or null for the page's own choice. */
  columns: string[] | null
  density: Density
  layout: Layout
  /** How many pages of 50 are wanted; scrolling on raises it. */
  pages: number
}

export type Search = Record<string, string>

/** `-` alone stands for "no filter" where the page filters by default. */
const EVERYTHING = '-'

type Defaults = { sort: string; filterKeys: string[]; filters?: Record<string, string> }

export function readListState(search: Search, defaults: Defaults): ListState {
  const filters: Record<string, string> = {}
  for (const key of defaults.filterKeys) {
    const value = search[key] ?? defaults.filters?.[key] ?? ''
    if (value && value !== EVERYTHING) filters[key] = value
  }
  return {
    q: search.q ?? '',
    sort: search.sort ?? defaults.sort,
    filters,
    columns: search.cols ? search.cols.split(',') : null,
    density: readDensity(search.density ?? remembered()),
    layout: search.layout === 'cards' ? 'cards' : 'table',
    pages: Math.min(Math.max(readWhole(search.pages ?? '') ?? 1, 1), MOST_PAGES),
  }
}

/** The address after a change. What equals the default leaves the address; a new question starts at its first page. */
export function writeListState(search: Search, change: Partial<ListState>, defaults: Defaults): Search {
  const next: Search = { ...search }
  const set = (key: string, value: string) => {
    if (value) next[key] = value
    else delete next[key]
  }
  if (change.q !== undefined) set('q', change.q)
  if (change.sort !== undefined) set('sort', change.sort === defaults.sort ? '' : change.sort)
  if (change.columns !== undefined) set('cols', change.columns?.join(',') ?? '')
  if (change.density !== undefined) {
    set('density', change.density)
    remember(change.density)
  }
  if (change.layout !== undefined) set('layout', change.layout === 'cards' ? 'cards' : '')
  if (change.filters !== undefined) {
    for (const key of defaults.filterKeys) {
      const value = change.filters[key] ?? ''
      const byDefault = defaults.filters?.[key] ?? ''
      set(key, value === byDefault ? '' : value || EVERYTHING)
    }
  }
  const question = change.q !== undefined || change.sort !== undefined || change.filters !== undefined
  if (question) delete next.pages
  else if (change.pages !== undefined) set('pages', change.pages > 1 ? String(change.pages) : '')
  return next
}

export function toggleSort(current: string, field: string): string {
  return current === field ? `-${field}` : field
}

export function isFiltered(state: ListState, defaults: Defaults): boolean {
  const byDefault = Object.entries(defaults.filters ?? {}).filter(([, value]) => value)
  const same =
    Object.keys(state.filters).length === byDefault.length &&
    byDefault.every(([key, value]) => state.filters[key] === value)
  return state.q !== '' || !same
}

const readDensity = (value: string | null): Density => (value === 'compact' ? 'compact' : 'comfortable')

function remembered(): string | null {
  try {
    return localStorage.getItem(DENSITY_KEY)
  } catch {
    return null
  }
}

function remember(density: Density): void {
  try {
    localStorage.setItem(DENSITY_KEY, density)
  } catch {
    // storage is blocked: the address still carries it
  }
}
