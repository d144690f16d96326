/** What the settings page reads and writes. */
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import {
  getCalendar,
  getSettings,
  listHolidayCountries,
  listLanguages,
  listSettingsHistory,
  removeLogo,
  updateSettings,
  uploadLogo,
} from '@/api/gen'
import { ifMatch, once } from '@/api/keys'
import { sessionQuery } from '@/shared/session/session'

export type Settings = gen.GetSettingsResponse
export type SettingsBody = NonNullable<gen.UpdateSettingsData['body']>

const settingsKey = ['settings'] as const
export const historyKey = [...settingsKey, 'history'] as const
const DAY_MS = 86_400_000

export const settingsQuery = queryOptions({
  queryKey: [...settingsKey, 'one'],
  queryFn: ({ signal }) => getSettings({ signal }),
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
  listSettingsHistory({ query: { cursor, page_size: 30 }, signal })

export function useLoadSettings() {
  const queries = useQueryClient()
  return () => queries.fetchQuery({ ...settingsQuery, staleTime: 0 })
}

function refresh(queries: QueryClient, saved: Settings) {
  queries.setQueryData(settingsQuery.queryKey, saved)
  for (const part of ['history', 'calendar']) queries.invalidateQueries({ queryKey: [...settingsKey, part] })
  queries.invalidateQueries({ queryKey: ['reference', 'currencies'] })
  queries.invalidateQueries({ queryKey: sessionQuery.queryKey }) // its time zone decides today's date
}

export function useSaveSettings() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ source, body }: { source: Settings; body: SettingsBody }) =>
      updateSettings({ body, headers: ifMatch(source.version) }),
    onSuccess: (saved) => refresh(queries, saved),
    onError: () => queries.invalidateQueries({ queryKey: settingsQuery.queryKey }),
  })
}

export const logoAddress = (sha256: string) => `/api/v1/settings/logo?v=${sha256}`

/** Uploads the logo, or removes it for `null`. */
export function useSaveLogo() {
  const queries = useQueryClient()
  const load = useLoadSettings()
  return useMutation({
    mutationFn: async (file: File | null) => {
      if (file)
        return (await uploadLogo({
          body: file,
          headers: { ...once(), 'Content-Type': file.type },
        })) as Settings
      await removeLogo({})
      return load()
    },
    onSuccess: (saved) => refresh(queries, saved),
  })
}
