import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { findQuickEntry, getTimeSheet } from '@/api/gen'
import { once } from '@/api/keys'
import { timeKey } from '@/features/workOrders/queries'

export type TimeSheet = gen.GetTimeSheetResponse
export type SheetDay = TimeSheet['days'][number]
export type SheetEntry = SheetDay['entries'][number]

export type QuickMatches = gen.FindQuickEntryResponse
export type QuickMatch = QuickMatches['matches'][number]

export const findEntry = (text: string) => findQuickEntry({ body: { text }, headers: once() })

/** A technician's week; without a technician one's own. */
export const sheetQuery = (week: string, technician_id?: string) =>
  queryOptions({
    queryKey: [...timeKey, 'sheet', week, technician_id],
    queryFn: ({ signal }) => getTimeSheet({ query: { week, technician_id }, signal }),
    placeholderData: keepPreviousData,
  })
