import { useMemo, useState } from 'react'
import { type Draft, type Drafts, isChanged } from './draft'
import type { ClientService } from './queries'

/** The edits not yet saved, by row. One that comes back to what is stored is no change any more. */
export function useDrafts(rows: ClientService[]) {
  const [drafts, setDrafts] = useState<Drafts>({})
  const changed = useMemo(
    () => rows.filter((row) => drafts[row.id] && isChanged(row, drafts[row.id]!)),
    [rows, drafts],
  )
  const edit = (row: ClientService, draft: Draft) => setDrafts((old) => ({ ...old, [row.id]: draft }))
  return { drafts, changed, edit, discard: () => setDrafts({}) }
}
