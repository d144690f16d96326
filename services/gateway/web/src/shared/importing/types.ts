import type { ReactNode } from 'react'
import type { Task } from '@/api/gen'

/** What every import of the API answers (see the import report in the API's documentation). */
export type ImportResult = {
  row: number
  action: 'create' | 'update' | 'unchanged' | 'error'
  id: string | null
  name: string | null
  changes: Record<string, { before?: unknown; after?: unknown }>
  errors: Record<string, string[]>
  warnings?: Record<string, string[]>
}

export type ImportReport = {
  dry_run: boolean
  rows: number
  created: number
  updated: number
  unchanged: number
  failed: number
  warned?: number
  results: ImportResult[]
}

export type ImportKind = {
  /** Names the import where its mappings are remembered. */
  id: string
  title: string
  back: { to: string; label: string }
  /** Columns the server knows, in its spelling; those needed are marked. */
  columns: readonly string[]
  needed: readonly string[]
  /** Further columns it takes, such as one for each currency. */
  more?: RegExp
  moreHint?: string
  exportUrl?: string
  /** No table with a header of its own, such as a database dump: its rows are checked at once. */
  whole?: { accept: string; formats: string; mostBytes: number }
  /** Gives the report, or the task of an import that takes longer. */
  send: (
    file: Blob,
    options: { dryRun: boolean; key: string; rows: 'all' | 'good' },
  ) => Promise<ImportReport | Task>
  /** Stands above the steps, such as a choice of what to import. */
  above?: ReactNode
  /** The page of an imported row. */
  linkTo?: (id: string) => string
  /** What else this import's report tells. */
  aside?: (report: ImportReport) => ReactNode
  /** After a real run: lists ask again. */
  onImported: () => void
}
