import { Button, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Priority } from '@/features/workOrders/cells'
import { WorkSections } from '@/features/workOrders/sections'
import { common } from '@/shared/i18n/en/common'
import { orderTemplates as words } from '@/shared/i18n/en/orderTemplates'
import { lazyPart } from '@/shared/lazyPart'
import { formatQuantity } from '@/shared/money'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { EditLink } from '@/shared/table/EditLink'
import { RowMenu } from '@/shared/table/RowMenu'
import type { Column } from '@/shared/table/types'
import { deleteTemplate, fetchTemplates, type Template, templatesKey } from './queries'

const TemplateDialog = lazyPart(async () => (await import('./dialog')).TemplateDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)

const { fields } = words
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function OrderTemplateList() {
  const mayWrite = useMay('work.setup')
  const [edited, setEdited] = useState<Template | 'new' | null>(null)
  const columns = useMemo(() => columnsFor(mayWrite ? setEdited : null), [mayWrite])
  const add = mayWrite && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setEdited('new')}>
      {words.new}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.title}>{add}</PageHeader>
      <WorkSections />
      <DataTable
        label={words.title}
        queryKey={templatesKey}
        fetchPage={fetchTemplates}
        columns={columns}
        rowName={(template) => template.name}
        defaultSort="name"
        searchLabel={words.search}
        empty={{ ...words.empty, action: add || undefined }}
      />
      {edited && (
        <TemplateDialog template={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  )
}

function columnsFor(onEdit: ((template: Template) => void) | null): Column<Template>[] {
  const columns: Column<Template>[] = [
    {
      id: 'name',
      header: fields.name!,
      sort: 'name',
      card: 'title',
      cell: (template) => (
        <div>
          <EditLink onEdit={onEdit && (() => onEdit(template))}>{template.name}</EditLink>
          <Text size="xs" c="dimmed" lineClamp={1} maw="34rem">
            {template.subject}
          </Text>
        </div>
      ),
    },
    {
      id: 'tasks',
      header: fields.tasks!,
      cell: ({ tasks }) => words.count(tasks.length),
    },
    { id: 'service', header: fields.service_id!, cell: (template) => template.service_name ?? '—' },
    {
      id: 'priority',
      header: fields.priority!,
      width: '7rem',
      cell: (template) => <Priority priority={template.priority} />,
    },
    {
      id: 'estimated_hours',
      header: fields.estimated_hours!,
      align: 'right',
      width: '9rem',
      cell: ({ estimated_hours }) => (
        <span className="num">{estimated_hours === null ? '—' : formatQuantity(estimated_hours)}</span>
      ),
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
      cell: (template) => <TemplateMenu template={template} onEdit={() => onEdit(template)} />,
    })
  return columns
}

function TemplateMenu({ template, onEdit }: { template: Template; onEdit: () => void }) {
  const queries = useQueryClient()
  const [deleting, setDeleting] = useState(false)
  const items = [
    { label: common.edit, icon: <IconPencil {...icon} />, onClick: onEdit },
    { label: common.delete, icon: <IconTrash {...icon} />, danger: true, onClick: () => setDeleting(true) },
  ]
  return (
    <>
      <RowMenu label={common.actionsOf(template.name)} items={items} />
      {deleting && (
        <DeleteDialog
          name={template.name}
          text={words.deleteText}
          remove={() => deleteTemplate(template)}
          onGone={() => queries.invalidateQueries({ queryKey: templatesKey })}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
