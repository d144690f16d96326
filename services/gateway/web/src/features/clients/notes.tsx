import { ActionIcon, Badge, Group, Text, TextInput, Tooltip } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconHistory, IconPencil, IconPin, IconPinnedOff, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatInstant } from '@/shared/dates'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { useMay } from '@/shared/session/useUser'
import { RowMenu } from '@/shared/table/RowMenu'
import { PartList } from './partList'
import { type Note, notesQuery, removeNote, saveNote, useRefresh } from './parts'
import classes from './parts.module.css'
import type { Client } from './queries'
import { useAct } from './useAct'
import { useDialog } from './useDialog'

const NoteForm = lazyPart(async () => (await import('./noteForm')).NoteForm)
const NoteHistory = lazyPart(async () => (await import('./noteHistory')).NoteHistory)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)
const words = clientParts.notes

export function Notes({ client }: { client: Client }) {
  const mayWrite = useMay('notes.write')
  const [q, setQ] = useState('')
  const [asked] = useDebouncedValue(q.trim(), 250)
  const form = useDialog<Note>()
  const [history, setHistory] = useState<Note | null>(null)
  const [leaving, setLeaving] = useState<Note | null>(null)
  const refresh = useRefresh(client.id)
  return (
    <>
      <PartList
        title={words.title}
        query={useQuery(notesQuery(client.id, asked))}
        empty={asked ? words.noMatch : words.none}
        add={mayWrite && { label: words.add, onClick: form.add }}
        tools={
          <TextInput
            size="xs"
            type="search"
            aria-label={words.search}
            placeholder={words.search}
            value={q}
            data-list-search
            onChange={(event) => setQ(event.currentTarget.value)}
          />
        }
        row={(note) => (
          <Row
            client={client}
            note={note}
            onHistory={() => setHistory(note)}
            onEdit={mayWrite ? () => form.edit(note) : null}
            onDelete={() => setLeaving(note)}
          />
        )}
      />
      {form.opened && <NoteForm client={client} note={form.opened.one} onClose={form.close} />}
      {history && <NoteHistory note={history} onClose={() => setHistory(null)} />}
      {leaving && (
        <DeleteDialog
          name={leaving.title ?? words.untitled}
          text={words.deleteText}
          remove={() => removeNote(leaving)}
          onGone={refresh}
          onClose={() => setLeaving(null)}
        />
      )}
    </>
  )
}

type RowProps = {
  client: Client
  note: Note
  onHistory: () => void
  onEdit: (() => void) | null
  onDelete: () => void
}

function Row({ client, note, onHistory, onEdit, onDelete }: RowProps) {
  const act = useAct(client.id)
  const name = note.title ?? words.untitled
  const pin = () =>
    act(
      () => saveNote({ client_id: client.id }, note, { pinned: !note.pinned } as never),
      note.pinned ? words.unpinned : words.pinned,
    )
  const edited = note.version > 1
  return (
    <article className={classes.note} aria-label={name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap={6}>
          <Text fw={570}>{name}</Text>
          {note.pinned && (
            <Badge color="yellow" leftSection={<IconPin aria-hidden size={11} />}>
              {words.pinnedMark}
            </Badge>
          )}
        </Group>
        <Group gap={2} wrap="nowrap">
          <Tooltip label={words.history} openDelay={300}>
            <ActionIcon aria-label={words.historyOf(name)} onClick={onHistory}>
              <IconHistory size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          {onEdit && (
            <RowMenu
              label={words.actionsOf(name)}
              items={[
                { label: common.edit, icon: <IconPencil size={14} />, onClick: onEdit },
                {
                  label: note.pinned ? words.unpin : words.pin,
                  icon: note.pinned ? <IconPinnedOff size={14} /> : <IconPin size={14} />,
                  onClick: pin,
                },
                { label: common.delete, icon: <IconTrash size={14} />, danger: true, onClick: onDelete },
              ]}
            />
          )}
        </Group>
      </Group>
      <Text size="sm" className={classes.body}>
        {note.body}
      </Text>
      <Text size="xs" c="dimmed">
        {note.author_name} · {formatInstant(note.created_at)}
        {edited && ` · ${words.edited(formatInstant(note.updated_at))}`}
      </Text>
    </article>
  )
}
