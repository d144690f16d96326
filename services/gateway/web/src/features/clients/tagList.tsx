import { Badge, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { FormDialog } from '@/shared/form/FormDialog'
import { useApiForm } from '@/shared/form/useApiForm'
import { common } from '@/shared/i18n/en/common'
import { labels as words } from '@/shared/i18n/en/labels'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { EditLink } from '@/shared/table/EditLink'
import { RowMenu } from '@/shared/table/RowMenu'
import type { Column } from '@/shared/table/types'
import { fetchTags, loadTag, refreshLabels, removeTag, saveTag, tagsKey } from './labels'
import type { Tag } from './parts'
import { ClientSections } from './sections'
import { themeColor } from './tagBadges'
import { useDialog } from './useDialog'

const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function TagList() {
  const queries = useQueryClient()
  const mayWrite = useMay('clients.write')
  const dialog = useDialog<Tag>()
  const [leaving, setLeaving] = useState<Tag | null>(null)
  const { edit } = dialog
  // biome-ignore lint/correctness/useExhaustiveDependencies: `edit` sets state only, whichever render it is of
  const columns = useMemo(() => columnsFor(mayWrite ? { edit, remove: setLeaving } : null), [mayWrite])
  const add = mayWrite && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={dialog.add}>
      {words.newTag}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.tags}>{add}</PageHeader>
      <ClientSections />
      <DataTable
        label={words.tags}
        queryKey={tagsKey}
        fetchPage={fetchTags}
        columns={columns}
        rowName={(tag) => tag.name}
        defaultSort="name"
        searchLabel={words.searchTags}
        empty={{ ...words.noTags, action: add || undefined }}
      />
      {dialog.opened && <TagDialog tag={dialog.opened.one} onClose={dialog.close} />}
      {leaving && (
        <DeleteDialog
          name={leaving.name}
          text={words.deleteTag(leaving.client_count)}
          remove={() => removeTag(leaving)}
          onGone={() => refreshLabels(queries)}
          onClose={() => setLeaving(null)}
        />
      )}
    </>
  )
}

type Acts = { edit: (tag: Tag) => void; remove: (tag: Tag) => void }

function columnsFor(acts: Acts | null): Column<Tag>[] {
  return [
    {
      id: 'name',
      header: words.name,
      sort: 'name',
      card: 'title',
      cell: (tag) => (
        <EditLink onEdit={acts && (() => acts.edit(tag))}>
          <Badge color={themeColor(tag.color)} style={{ cursor: 'inherit' }}>
            {tag.name}
          </Badge>
        </EditLink>
      ),
    },
    {
      id: 'client_count',
      header: words.clients,
      align: 'right',
      sort: 'client_count',
      cell: (tag) => (
        <TextLink to="/clients" search={{ tag: tag.name } as never}>
          {tag.client_count}
        </TextLink>
      ),
    },
    ...(acts ? [actions(acts)] : []),
  ]
}

const actions = (acts: Acts): Column<Tag> => ({
  id: 'actions',
  header: words.actions,
  bare: true,
  align: 'right',
  width: '3.5rem',
  cell: (tag) => (
    <RowMenu
      label={words.actionsOf(tag.name)}
      items={[
        { label: common.edit, icon: <IconPencil {...icon} />, onClick: () => acts.edit(tag) },
        {
          label: common.delete,
          icon: <IconTrash {...icon} />,
          danger: true,
          onClick: () => acts.remove(tag),
        },
      ]}
    />
  ),
})

function TagDialog({ tag, onClose }: { tag: Tag | null; onClose: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: valuesOf(tag),
    edited: tag && { of: tag, valuesOf, load: loadTag },
  })

  async function save() {
    const done = await submit((values, { source }) => saveTag(tag && source, values))
    if (!done) return
    await refreshLabels(queries)
    notifyDone(common.saved(form.getValues().name))
    onClose()
  }

  return (
    <FormDialog
      title={tag ? words.edit(tag.name) : words.newTag}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput label={words.name} required data-autofocus {...form.getInputProps('name')} />
      <NativeSelect
        label={words.color}
        data={Object.entries(words.colors).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('color')}
      />
    </FormDialog>
  )
}

const valuesOf = (tag: Tag | null) => ({
  name: tag?.name ?? '',
  color: tag?.color ?? ('gray' as Tag['color']),
})
