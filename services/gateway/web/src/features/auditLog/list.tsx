/** Who changed what, when, from what to what. */
import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import { AdministrationSections } from '@/features/users/sections'
import { ActorFilterField } from '@/features/users/userFilter'
import { formatInstant } from '@/shared/dates'
import { auditLog as words } from '@/shared/i18n/en/administration'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { DataTable } from '@/shared/table/DataTable'
import { DayFilter, TextFilter } from '@/shared/table/FilterField'
import type { Column, Filter } from '@/shared/table/types'
import { nameOf } from './names'
import { type AuditEntry, auditKey, entityTypesQuery, fetchEntries } from './queries'

const EntryDialog = lazyPart(async () => (await import('./entryDialog')).EntryDialog)

const { fields } = words

const columnsFor = (open: (entry: AuditEntry) => void): Column<AuditEntry>[] => [
  {
    id: 'what',
    header: fields.what,
    card: 'title',
    cell: (entry) => (
      <Anchor component="button" type="button" ta="left" fz="sm" onClick={() => open(entry)} data-row-link>
        {entry.summary}
      </Anchor>
    ),
  },
  {
    id: 'who',
    header: fields.who,
    width: '12rem',
    cell: (entry) => (
      <Text span size="sm">
        {nameOf(entry)}
      </Text>
    ),
  },
  {
    id: 'when',
    header: fields.when,
    sort: 'occurred_at',
    width: '12rem',
    cell: (entry) => <span className="num">{formatInstant(entry.occurred_at)}</span>,
  },
]

function useFilters(): Filter[] {
  const types = useQuery(entityTypesQuery).data?.items
  return useMemo(
    () => [
      {
        key: 'entity',
        label: fields.type,
        options: (types ?? [])
          .map(({ type, name }) => ({ value: type, label: name.charAt(0).toUpperCase() + name.slice(1) }))
          .sort((a, b) => a.label.localeCompare(b.label)),
      },
      { key: 'actor', label: fields.who, Field: ActorFilterField },
      clientFilter,
      { key: 'from', label: fields.from, Field: DayFilter },
      { key: 'until', label: fields.until, Field: DayFilter },
      { key: 'subject', label: fields.subject, Field: TextFilter },
    ],
    [types],
  )
}

export function AuditLog() {
  const filters = useFilters()
  const [opened, setOpened] = useState<AuditEntry | null>(null)
  const columns = useMemo(() => columnsFor(setOpened), [])
  return (
    <>
      <PageHeader title={words.title} />
      <AdministrationSections />
      <DataTable
        label={words.title}
        queryKey={auditKey}
        fetchPage={fetchEntries}
        columns={columns}
        rowName={(entry) => entry.summary}
        defaultSort="-occurred_at"
        filters={filters}
        empty={words.empty}
      />
      {opened && <EntryDialog entry={opened} onClose={() => setOpened(null)} />}
    </>
  )
}
