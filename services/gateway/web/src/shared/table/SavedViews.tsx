/** The saved views of a list: open one, save what is shown, delete one's own. */
import { ActionIcon, Button, Checkbox, Divider, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import { IconBookmark, IconDeviceFloppy, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useApiForm } from '@/shared/form/useApiForm'
import { table as words } from '@/shared/i18n/en/table'
import { notifyDone, notifyError } from '@/shared/notify'
import { may } from '@/shared/session/permissions'
import { useUser } from '@/shared/session/useUser'
import classes from './DataTable.module.css'
import type { Search } from './listState'
import { removeView, replaceView, type SavedView, savedViewsQuery, saveView } from './savedViews'

export function SavedViews() {
  const [open, setOpen] = useState(false)
  const list = useLocation({ select: ({ pathname }) => pathname })
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          className={classes.saved}
          size={30}
          variant="default"
          aria-label={words.saved.title}
          title={words.saved.title}
          onClick={() => setOpen(!open)}
        >
          <IconBookmark size={16} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.saved.title}>
        <Stack gap="xs" w={260}>
          <Views list={list} onOpened={() => setOpen(false)} />
          <Divider />
          <SaveForm list={list} onSaved={() => setOpen(false)} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function Views({ list, onOpened }: { list: string; onOpened: () => void }) {
  const { data } = useQuery(savedViewsQuery(list))
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Search
  const queries = useQueryClient()
  const user = useUser()
  if (!data) return null
  if (data.items.length === 0) return <Text size="sm">{words.saved.none}</Text>

  const show = (view: SavedView) => {
    navigate({ to: '.', search: view.search as never })
    onOpened()
  }
  async function run(request: Promise<unknown>, done: string) {
    try {
      await request
      notifyDone(done)
    } catch (error) {
      notifyError(error)
    }
    await queries.invalidateQueries(savedViewsQuery(list))
  }

  return data.items.map((view) => (
    <Group key={view.id} gap={4} wrap="nowrap" justify="space-between">
      <Button variant="subtle" size="compact-sm" justify="start" flex={1} onClick={() => show(view)}>
        {view.shared ? words.saved.sharedName(view.name) : view.name}
      </Button>
      {view.user_id === user?.id && (
        <>
          <ActionIcon
            {...subtle(words.saved.replace(view.name))}
            onClick={() => run(replaceView(view, search), words.saved.done(view.name))}
          >
            <IconDeviceFloppy size={15} stroke={1.6} />
          </ActionIcon>
          <ActionIcon
            {...subtle(words.saved.delete(view.name))}
            onClick={() => run(removeView(view), words.saved.deleted(view.name))}
          >
            <IconTrash size={15} stroke={1.6} />
          </ActionIcon>
        </>
      )}
    </Group>
  ))
}

const subtle = (label: string) => ({
  variant: 'subtle',
  color: 'gray',
  'aria-label': label,
  title: label,
})

function SaveForm({ list, onSaved }: { list: string; onSaved: () => void }) {
  const search = useSearch({ strict: false }) as Search
  const queries = useQueryClient()
  const user = useUser()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { name: '', shared: false },
    validate: { name: (text) => (text.trim() ? null : words.saved.needed) },
  })

  async function save() {
    const done = await submit(({ name, shared }) => saveView(list, search, { name: name.trim(), shared }))
    if (!done) return
    await queries.invalidateQueries(savedViewsQuery(list))
    notifyDone(words.saved.done(form.getValues().name))
    onSaved()
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="xs">
        {failure && (
          <Text size="sm" c="red" role="alert">
            {failure}
          </Text>
        )}
        <TextInput size="xs" label={words.saved.name} maxLength={80} {...form.getInputProps('name')} />
        {user && may(user, 'views.share') && (
          <Checkbox
            size="xs"
            label={words.saved.shared}
            {...form.getInputProps('shared', { type: 'checkbox' })}
          />
        )}
        <Button size="xs" type="submit" loading={busy}>
          {words.saved.save}
        </Button>
      </Stack>
    </form>
  )
}
