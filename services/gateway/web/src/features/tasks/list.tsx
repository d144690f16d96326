/** Background work of all services: what runs, what waits, what failed and why. */
import { Badge, Text } from '@mantine/core'
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { AdministrationSections } from '@/features/users/sections'
import { formatInstant } from '@/shared/dates'
import { common } from '@/shared/i18n/en/common'
import { tasks as words } from '@/shared/i18n/en/tasks'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { isOpen, TaskProgress } from '@/shared/TaskProgress'
import { DataTable } from '@/shared/table/DataTable'
import { RowMenu } from '@/shared/table/RowMenu'
import type { Column, Filter } from '@/shared/table/types'
import { placeOf } from './places'
import { cancel, fetchTasks, retry, type TaskRow, tasksKey } from './queries'

const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)

const { fields } = words
const REFRESH_EVERY = 2000
const colors: Record<string, string> = { succeeded: 'evergreen', failed: 'red', running: 'blue' }
const filters: Filter[] = [
  {
    key: 'status',
    label: fields.status,
    options: Object.entries(words.statuses).map(([value, label]) => ({ value, label })),
  },
]

type Actions = { ask: (task: TaskRow) => void; again: (task: TaskRow) => void }

const columnsFor = ({ ask, again }: Actions): Column<TaskRow>[] => [
  {
    id: 'title',
    header: fields.title,
    card: 'title',
    cell: (task) => (
      <div>
        <Title task={task} />
        {task.error && (
          <Text size="xs" c="var(--mantine-color-error)">
            {task.error}
          </Text>
        )}
      </div>
    ),
  },
  {
    id: 'status',
    header: fields.status,
    card: 'corner',
    cell: (task) => <Badge color={colors[task.status] ?? 'gray'}>{words.statuses[task.status]}</Badge>,
  },
  {
    id: 'progress',
    header: fields.progress,
    width: '14rem',
    cell: (task) =>
      isOpen(task) ? (
        <TaskProgress work={task} label={task.title} />
      ) : (
        <span className="num">{task.progress.done.toLocaleString('en-US')}</span>
      ),
  },
  { id: 'actor', header: fields.actor, cell: (task) => task.actor_name || words.system },
  {
    id: 'created_at',
    header: fields.created_at,
    sort: 'created_at',
    cell: (task) => <span className="num">{formatInstant(task.created_at)}</span>,
  },
  {
    id: 'finished_at',
    header: fields.finished_at,
    cell: (task) =>
      task.finished_at ? <span className="num">{formatInstant(task.finished_at)}</span> : common.none,
  },
  {
    id: 'actions',
    header: common.actions,
    bare: true,
    card: 'corner',
    align: 'right',
    width: '3rem',
    cell: (task) => <Menu task={task} ask={ask} again={again} />,
  },
]

function Title({ task }: { task: TaskRow }) {
  const place = placeOf(task)
  if (place)
    return (
      <TextLink to={place.to} search={place.search as never} size="sm" fw={550}>
        {task.title}
      </TextLink>
    )
  return (
    <Text size="sm" fw={550}>
      {task.title}
    </Text>
  )
}

function Menu({ task, ask, again }: Actions & { task: TaskRow }) {
  const items = isOpen(task)
    ? [{ label: words.cancel, icon: <IconPlayerStop size={14} />, danger: true, onClick: () => ask(task) }]
    : [{ label: words.retry, icon: <IconRefresh size={14} />, onClick: () => again(task) }]
  if (task.status === 'succeeded') return null
  return <RowMenu label={common.actionsOf(task.title)} items={items} />
}

/** Asks again while something shown is not finished. */
function useRefreshWhileOpen() {
  const queries = useQueryClient()
  useEffect(() => {
    const timer = setInterval(() => {
      const pages = queries.getQueriesData<unknown>({ queryKey: tasksKey })
      const shown = JSON.stringify(pages.map(([, data]) => data))
      if (/"status":"(waiting|running)"/.test(shown)) void queries.invalidateQueries({ queryKey: tasksKey })
    }, REFRESH_EVERY)
    return () => clearInterval(timer)
  }, [queries])
}

export function TaskList() {
  const queries = useQueryClient()
  const [asked, setAsked] = useState<TaskRow | null>(null)
  const [busy, setBusy] = useState(false)
  useRefreshWhileOpen()

  const act = useMemo(
    () => async (action: (task: TaskRow) => Promise<unknown>, task: TaskRow, text: string) => {
      setBusy(true)
      try {
        await action(task)
        notifyDone(text)
      } catch (error) {
        notifyError(error)
      } finally {
        setBusy(false)
        setAsked(null)
        await queries.invalidateQueries({ queryKey: tasksKey })
      }
    },
    [queries],
  )
  const columns = useMemo(
    () => columnsFor({ ask: setAsked, again: (task) => void act(retry, task, words.retried(task.title)) }),
    [act],
  )
  return (
    <>
      <PageHeader title={words.title} />
      <AdministrationSections />
      <DataTable
        label={words.title}
        queryKey={tasksKey}
        fetchPage={fetchTasks}
        columns={columns}
        rowName={(task) => task.title}
        defaultSort="-created_at"
        filters={filters}
        empty={words.empty}
      />
      {asked && (
        <ConfirmDialog
          title={words.cancelAsked(asked.title)}
          text={words.cancelText}
          action={words.cancel}
          cancel={common.close}
          danger
          busy={busy}
          onConfirm={() => void act(cancel, asked, words.cancelled(asked.title))}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
