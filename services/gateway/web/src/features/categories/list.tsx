import { Button, Text } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { CatalogSections } from '@/features/catalog/sections'
import { toggleArchived } from '@/shared/archiving'
import { ColorDot } from '@/shared/form/ColorChoice'
import { categories as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { StatusBadge } from '@/shared/StatusBadge'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { EditLink } from '@/shared/table/EditLink'
import { RowMenu } from '@/shared/table/RowMenu'
import { type Column, statusFilter } from '@/shared/table/types'
import {
  archiveOne,
  type Category,
  categoriesKey,
  deleteOne,
  fetchCategories,
  refresh,
  restoreOne,
} from './queries'

const CategoryDialog = lazyPart(async () => (await import('./dialog')).CategoryDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }
const filters = [statusFilter]

export function CategoryList() {
  const mayWrite = useMay('catalog.write')
  const [edited, setEdited] = useState<Category | 'new' | null>(null)
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
        queryKey={categoriesKey}
        fetchPage={fetchCategories}
        columns={columns}
        rowName={(category) => category.name}
        defaultSort="sort_order,name"
        searchLabel={words.search}
        filters={filters}
        empty={{ ...words.empty, action: add || undefined }}
      />
      {edited && (
        <CategoryDialog category={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  )
}

function columnsFor(onEdit: ((category: Category) => void) | null): Column<Category>[] {
  return [
    {
      id: 'name',
      header: words.fields.name,
      sort: 'name',
      card: 'title',
      cell: (category) => (
        <div>
          <ColorDot color={category.color} />
          <EditLink onEdit={onEdit && (() => onEdit(category))}>{category.name}</EditLink>
          {category.description && (
            <Text size="xs" c="dimmed" lineClamp={1} maw="40rem" pl="1.1rem">
              {category.description}
            </Text>
          )}
        </div>
      ),
    },
    {
      id: 'services',
      header: words.fields.services,
      align: 'right',
      width: '8rem',
      cell: (category) => (
        <TextLink to="/catalog" search={{ category_id: category.id } as never} size="sm">
          {category.service_count}
        </TextLink>
      ),
    },
    {
      id: 'sort_order',
      header: words.fields.sort_order,
      sort: 'sort_order',
      align: 'right',
      width: '8rem',
      cell: (category) => category.sort_order,
    },
    {
      id: 'status',
      header: words.fields.status,
      card: 'corner',
      width: '7rem',
      cell: (category) => <StatusBadge status={category.status} />,
    },
    ...(onEdit ? [menuColumn(onEdit)] : []),
  ]
}

const menuColumn = (onEdit: (category: Category) => void): Column<Category> => ({
  id: 'actions',
  header: common.actions,
  bare: true,
  card: 'corner',
  align: 'right',
  width: '3rem',
  cell: (category) => <CategoryMenu category={category} onEdit={() => onEdit(category)} />,
})

function CategoryMenu({ category, onEdit }: { category: Category; onEdit: () => void }) {
  const queries = useQueryClient()
  const [deleting, setDeleting] = useState(false)
  const archived = category.status === 'archived'
  const keep = () => refresh(queries)
  const toggle = () => toggleArchived(category, { archive: archiveOne, restore: restoreOne, keep })
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
      <RowMenu label={common.actionsOf(category.name)} items={items} />
      {deleting && (
        <DeleteDialog
          name={category.name}
          text={words.deleteText}
          warning={category.service_count > 0 ? words.inUse(category.service_count) : undefined}
          remove={() => deleteOne(category)}
          onArchive={archived ? undefined : toggle}
          onGone={keep}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
