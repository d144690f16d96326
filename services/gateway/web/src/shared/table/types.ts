/** What a list page tells the shared table. */
import {
  columnVisibilityFeature,
  metaHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import type { ComponentType, ReactNode } from 'react'
import type { Page } from '@/api/types'
import { common } from '@/shared/i18n/en/common'
import type { Counts } from '@/shared/TaskProgress'

export type RowData = { id: string }

export type Column<T> = {
  id: string
  header: string
  cell: (row: T) => ReactNode
  /** The field the server sorts by; without it the column cannot be sorted. */
  sort?: string
  align?: 'right'
  width?: string
  /** Where it stands on a phone card: heading, beside the heading, or among the details (the default). */
  card?: 'title' | 'corner' | 'hidden'
  /** Its header is for screen readers only, and it cannot be hidden: a column of buttons. */
  bare?: boolean
  /** Left out until chosen in the View menu. */
  optional?: boolean
}

export type FilterFieldProps = { label: string; value: string; onChange: (value: string) => void }

/** One of a few choices, or a field of its own (a day, a text, a client). `key` is the API's name of the filter. */
export type Filter = { key: string; label: string } & (
  | { options: { value: string; label: string }[] }
  | { Field: ComponentType<FilterFieldProps> }
)

/** Of lists whose rows are either active or archived. */
export const statusFilter: Filter = {
  key: 'status',
  label: common.statusLabel,
  options: Object.entries(common.status).map(([value, label]) => ({ value, label })),
}

export type PageParams = { page_size: number; cursor?: string; sort?: string; q?: string } & Record<
  string,
  unknown
>

/** Whom a bulk request is about: the chosen rows, or all that the list's question matches, as counted on screen. */
export type BulkTarget = { ids: string[] } | { filter: Record<string, string>; expected_count: number }

export type BatchResults = {
  results: { id: string; status: string; error?: string | null }[]
  succeeded: number
  failed: number
  skipped: number
}

type BulkFace<T> = {
  label: string
  icon?: ReactNode
  appliesTo: (row: T) => boolean
}

type Done = { done: string }

/** One request a row, so that one failure stops no other. */
export type RowByRow<T> = BulkFace<T> &
  Done & {
    /** Asked before anything runs; needed for sends, charges and deletes. */
    confirm?: (rows: T[]) => { title: string; text: string }
    run: (row: T) => Promise<unknown>
    /** Offered for 8 s afterwards, for reversible actions. */
    undo?: (row: T) => Promise<unknown>
  }

/** One request for all of them, also for rows that were never loaded: "Select all 795 matching". */
export type AtOnce<T> = BulkFace<T> &
  Done & {
    /** `onProgress` hears how far a large change is. */
    runAll: (target: BulkTarget, onProgress: (counts: Counts) => void) => Promise<BatchResults>
    undoAll?: (target: { ids: string[] }) => Promise<unknown>
  }

/** Asks for more before it does anything: `prepare` opens a dialog, which is told what it is about. */
export type Prepared<T> = BulkFace<T> & { prepare: (target: BulkTarget) => void }

export type BulkAction<T> = RowByRow<T> | AtOnce<T> | Prepared<T>

/** Whether the action can be about all that match, not only the rows loaded. */
export const takesAll = <T>(action: BulkAction<T>) => !('run' in action)

export type DataTableProps<T extends RowData> = {
  label: string
  queryKey: readonly unknown[]
  fetchPage: (params: PageParams, signal: AbortSignal) => Promise<Page<T>>
  columns: Column<T>[]
  rowName: (row: T) => string
  defaultSort: string
  /** Without it the list has no search box. */
  searchLabel?: string
  filters?: Filter[]
  defaultFilters?: Record<string, string>
  bulk?: BulkAction<T>[]
  /** Shown below the rows: what the whole question comes to, not only the rows loaded. */
  summary?: (question: Record<string, string>) => ReactNode
  empty: { title: string; text?: string; action?: ReactNode }
}

type Meta = { bare?: boolean; align?: 'right'; width?: string; card?: Column<RowData>['card']; name: string }

export const features = tableFeatures({
  rowSelectionFeature,
  rowSortingFeature,
  columnVisibilityFeature,
  columnMeta: metaHelper<Meta>(),
})
