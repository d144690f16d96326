import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { cardRowsQuery } from '@/features/rates/queries'
import type { Choice } from './formParts'
import type { Whole } from './values'

/** The included services of the client's rate card, and those the agreement still covers. */
export function useChoices(clientId: string, agreement: Whole | null): Choice[] {
  const rows = useQuery({ ...cardRowsQuery(clientId), enabled: clientId !== '' }).data
  return useMemo(() => {
    const included = (rows ?? []).filter((row) => row.included)
    const known = new Set(included.map((row) => row.id))
    const gone = (agreement?.rows ?? []).filter((row) => !known.has(row.client_service_id ?? ''))
    return [
      ...included.map((row) => ({
        id: row.id,
        name: row.name,
        unit: row.unit,
        rate: row.effective_rate,
        included: true,
      })),
      ...(rows
        ? gone.map((row) => ({
            id: row.client_service_id ?? '',
            name: row.name,
            unit: row.unit,
            rate: row.client_rate,
            included: false,
          }))
        : []),
    ]
  }, [rows, agreement])
}
