import { Badge, Button, Group, Text } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { CatalogSections } from '@/features/catalog/sections'
import { toggleArchived } from '@/shared/archiving'
import { serviceSets as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { StatusBadge } from '@/shared/StatusBadge'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { EditLink } from '@/shared/table/EditLink'
import { RowMenu } from '@/shared/table/RowMenu'
import { type Column, statusFilter } from '@/shared/table/types'
import { archiveOne, deleteOne, fetchSets, restoreOne, type ServiceSet, setsKey } from './queries'

const SetDialog = lazyPart(async () => (await import('./dialog')).SetDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)

const { fields } = words
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }
const filters = [statusFilter]
const SHOWN = 4

export function ServiceSetList() {
  const mayWrite = useMay('catalog.write')
  const [edited, setEdited] = useState<ServiceSet | 'new' | null>(null)
  const columns = useMemo(() => columnsFor(mayWrite ? setEdited : null), [mayWrite])
  const add = mayWrite && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setEdited('new')}>
      {words.new}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.title}>{add}</PageHeader>
      <CatalogSections />
      <DataTable
        label={words.title}
        queryKey={setsKey}
        fetchPage={fetchSets}
        columns={columns}
        rowName={(set) => set.name}
        defaultSort="name"
        searchLabel={words.search}
        filters={filters}
        empty={{ ...words.empty, action: add || undefined }}
      />
      {edited && <SetDialog set={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  )
}

function columnsFor(onEdit: ((set: ServiceSet) => void) | null): Column<ServiceSet>[] {
  const columns: Column<ServiceSet>[] = [
    {
      id: 'name',
      header: fields.name,
      sort: 'name',
      card: 'title',
      cell: (set) => (
        <div>
          <Group gap={8}>
            <EditLink onEdit={onEdit && (() => onEdit(set))}>{set.name}</EditLink>
            {set.is_default && <Badge color="blue">{words.default}</Badge>}
          </Group>
          <Text size="xs" c="dimmed" lineClamp={1} maw="34rem">
            {set.description}
          </Text>
        </div>
      ),
    },
    {
      id: 'services',
      header: fields.services,
      cell: ({ services }) => (
        <div>
          {words.count(services.length)}
          <Text size="xs" c="dimmed" lineClamp={1} maw="40rem">
            {services
              .slice(0, SHOWN)
              .map(({ name }) => name)
              .join(', ')}
            {services.length > SHOWN && ' …'}
          </Text>
        </div>
      ),
    },
    {
      id: 'status',
      header: fields.status,
      card: 'corner',
      width: '7rem',
      cell: (set) => <StatusBadge status={set.status} />,
    },
  ]
  if (onEdit)
    columns.push({
      id: 'actions',
      header: common.actions,
      bare: true,
      card: 'corner',
      align: 'right',
      width: '3rem',
      cell: (set) => <SetMenu set={set} onEdit={() => onEdit(set)} />,
    })
  return columns
}

function SetMenu({ set, onEdit }: { set: ServiceSet; onEdit: () => void }) {
  const queries = useQueryClient()
  const [deleting, setDeleting] = useState(false)
  const archived = set.status === 'archived'
  const keep = () => queries.invalidateQueries({ queryKey: setsKey })
  const toggle = () => toggleArchived(set, { archive: archiveOne, restore: restoreOne, keep })
  const items = [
    { label: common.edit, icon: <IconPencil {...icon} />, onClick: onEdit },
    {
      label: archived ? common.restore : common.archive,
      icon: archived ? <IconArchiveOff {...icon} /> : <IconArchive {...icon} />,
      onClick: toggle,
    },
    { label: common.delete, icon: <IconTrash {...icon} />, danger: true, onClick: () => setDeleting(true) },
  ]
  return (
    <>
      <RowMenu label={common.actionsOf(set.name)} items={items} />
      {deleting && (
        <DeleteDialog
          name={set.name}
          text={words.deleteText}
          remove={() => deleteOne(set)}
          onArchive={archived ? undefined : toggle}
          onGone={keep}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
