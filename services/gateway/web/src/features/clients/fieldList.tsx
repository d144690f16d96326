import { Badge, Button } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { toggleArchived } from '@/shared/archiving'
import { common } from '@/shared/i18n/en/common'
import { labels as words } from '@/shared/i18n/en/labels'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { StatusBadge } from '@/shared/StatusBadge'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { EditLink } from '@/shared/table/EditLink'
import { RowMenu } from '@/shared/table/RowMenu'
import { type Column, type Filter, statusFilter } from '@/shared/table/types'
import { fetchFields, fieldsKey, refreshLabels, removeField, setFieldStatus } from './labels'
import type { CustomField } from './parts'
import { ClientSections } from './sections'
import { useDialog } from './useDialog'

const FieldDialog = lazyPart(async () => (await import('./fieldDialog')).FieldDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

const filters: Filter[] = [
  {
    key: 'entity',
    label: words.entity,
    options: Object.entries(words.entities).map(([value, label]) => ({ value, label })),
  },
  statusFilter,
]

export function FieldList() {
  const queries = useQueryClient()
  const mayWrite = useMay('catalog.write')
  const dialog = useDialog<CustomField>()
  const [leaving, setLeaving] = useState<CustomField | null>(null)
  const { edit } = dialog
  // biome-ignore lint/correctness/useExhaustiveDependencies: the two only set state or ask again, whichever render they are of
  const columns = useMemo(() => {
    const toggle = (field: CustomField) =>
      toggleArchived(field, {
        archive: (one) => setFieldStatus(one, 'archived'),
        restore: (one) => setFieldStatus(one, 'active'),
        keep: () => refreshLabels(queries),
      })
    return columnsFor(mayWrite ? { edit, toggle, remove: setLeaving } : null)
  }, [mayWrite])
  const add = mayWrite && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={dialog.add}>
      {words.newField}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.fields}>{add}</PageHeader>
      <ClientSections />
      <DataTable
        label={words.fields}
        queryKey={fieldsKey}
        fetchPage={fetchFields}
        columns={columns}
        rowName={(field) => field.label}
        defaultSort="entity,sort_order"
        searchLabel={words.searchFields}
        filters={filters}
        empty={{ ...words.noFields, action: add || undefined }}
      />
      {dialog.opened && <FieldDialog field={dialog.opened.one} onClose={dialog.close} />}
      {leaving && (
        <DeleteDialog
          name={leaving.label}
          text={words.deleteField}
          remove={() => removeField(leaving)}
          onGone={() => refreshLabels(queries)}
          onClose={() => setLeaving(null)}
        />
      )}
    </>
  )
}

type Act = (field: CustomField) => void
type Acts = { edit: Act; toggle: Act; remove: Act }

function columnsFor(acts: Acts | null): Column<CustomField>[] {
  return [
    {
      id: 'label',
      header: words.label,
      sort: 'label',
      card: 'title',
      cell: (field) => <EditLink onEdit={acts && (() => acts.edit(field))}>{field.label}</EditLink>,
    },
    { id: 'entity', header: words.entity, sort: 'entity', cell: (field) => words.entities[field.entity] },
    { id: 'type', header: words.type, cell: (field) => words.types[field.type] },
    { id: 'key', header: words.key, cell: (field) => <code>{field.key}</code> },
    {
      id: 'required',
      header: words.required,
      cell: (field) => (field.required ? <Badge color="orange">{words.required}</Badge> : '—'),
    },
    {
      id: 'sort_order',
      header: words.order,
      align: 'right',
      sort: 'sort_order',
      cell: (field) => field.sort_order,
    },
    {
      id: 'status',
      header: common.statusLabel,
      card: 'corner',
      cell: (field) => <StatusBadge status={field.status} />,
    },
    ...(acts ? [actions(acts)] : []),
  ]
}

const actions = (acts: Acts): Column<CustomField> => ({
  id: 'actions',
  header: words.actions,
  bare: true,
  align: 'right',
  width: '3.5rem',
  cell: (field) => (
    <RowMenu
      label={words.actionsOf(field.label)}
      items={[
        { label: common.edit, icon: <IconPencil {...icon} />, onClick: () => acts.edit(field) },
        field.status === 'archived'
          ? { label: common.restore, icon: <IconArchiveOff {...icon} />, onClick: () => acts.toggle(field) }
          : { label: common.archive, icon: <IconArchive {...icon} />, onClick: () => acts.toggle(field) },
        {
          label: common.delete,
          icon: <IconTrash {...icon} />,
          danger: true,
          onClick: () => acts.remove(field),
        },
      ]}
    />
  ),
})
