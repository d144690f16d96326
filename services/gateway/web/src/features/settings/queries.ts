/** What the settings page reads and writes. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  getCalendar,
  getSettings,
  listHolidayCountries,
  listLanguages,
  listSettingsHistory,
  updateSettings,
} from '@/api/gen'
import { ifMatch } from '@/api/keys'
import type { Loaded, Page } from '@/api/types'
import type { ActivityEntry } from '@/shared/activity/Activity'

export type Settings = Loaded<gen.GetSettingsResponse>
export type SettingsBody = NonNullable<gen.UpdateSettingsData['body']>

const settingsKey = ['settings'] as const
export const historyKey = [...settingsKey, 'history'] as const
const DAY_MS = 86_400_000

export const settingsQuery = queryOptions({
  queryKey: [...settingsKey, 'one'],
  queryFn: ({ signal }) => getSettings({ signal }) as Promise<Settings>,
})

export const languagesQuery = queryOptions({
  queryKey: ['reference', 'languages'],
  staleTime: DAY_MS,
  queryFn: ({ signal }) => listLanguages({ signal }),
})

export const holidayCountriesQuery = queryOptions({
  queryKey: [...settingsKey, 'holiday-countries'],
  staleTime: DAY_MS,
  queryFn: ({ signal }) => listHolidayCountries({ signal }),
})

/** The days of the next 12 months under the saved settings. */
export const calendarQuery = (start: string, end: string) =>
  queryOptions({
    queryKey: [...settingsKey, 'calendar', start, end],
    queryFn: ({ signal }) => getCalendar({ query: { start, end }, signal }),
  })

export const fetchHistory = (cursor: string | undefined, signal: AbortSignal) =>
  listSettingsHistory({ query: { cursor, page_size: 30 }, signal }) as Promise<Page<ActivityEntry>>

export function useLoadSettings() {
  const queries = useQueryClient()
  return () => queries.fetchQuery({ ...settingsQuery, staleTime: 0 })
}

export function useSaveSettings() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ source, body }: { source: Settings; body: SettingsBody }) =>
      updateSettings({ body, headers: ifMatch(source.version) }) as Promise<Settings>,
    onSuccess: (saved) => {
      queries.setQueryData(settingsQuery.queryKey, saved)
      for (const part of ['history', 'calendar'])
        queries.invalidateQueries({ queryKey: [...settingsKey, part] })
      queries.invalidateQueries({ queryKey: ['reference', 'currencies'] })
    },
    onError: () => queries.invalidateQueries({ queryKey: settingsQuery.queryKey }),
  })
}
