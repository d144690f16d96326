/** The tasks of one work order: ticked, added, moved and removed at once. */
import { Button, Checkbox, Group, Progress, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { formatInstant } from '@/shared/dates'
import { common } from '@/shared/i18n/en/common'
import { orderTasks as words } from '@/shared/i18n/en/orderTemplates'
import { notifyDone, notifyError } from '@/shared/notify'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowMenu } from '@/shared/table/RowMenu'
import { ordersKey, type WorkOrder } from './queries'
import { addTask, changeTask, removeTask, type Task, tasksOfOrder } from './taskQueries'
import classes from './tasks.module.css'

const MOST = 100
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function OrderTasks({ order }: { order: WorkOrder }) {
  const queries = useQueryClient()
  const mayWrite = useMay('time.write')
  const query = useQuery(tasksOfOrder(order.id))
  const [busy, setBusy] = useState(false)
  const tasks = query.data?.items ?? []
  const done = tasks.filter((task) => task.done).length

  /** Sends one change and shows what the server made of it. Returns whether it did. */
  async function act(send: () => Promise<unknown>): Promise<boolean> {
    setBusy(true)
    try {
      await send()
      return true
    } catch (error) {
      notifyError(error)
      return false
    } finally {
      await queries.invalidateQueries({ queryKey: ordersKey })
      setBusy(false)
    }
  }

  /** Shows the tick before the server has answered, which then says who ticked it and when. */
  function show(id: string, ticked: boolean) {
    queries.setQueryData(tasksOfOrder(order.id).queryKey, {
      items: tasks.map((task) => (task.id === id ? { ...task, done: ticked } : task)),
    })
  }

  if (!mayWrite && tasks.length === 0 && !query.isError) return null
  return (
    <Section title={words.title}>
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : tasks.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      ) : (
        <>
          <Group gap="sm" mb="xs">
            <Progress value={(100 * done) / tasks.length} className={classes.bar} aria-hidden />
            <Text size="xs" c="dimmed">
              {words.progress(done, tasks.length)}
            </Text>
          </Group>
          <ol className={classes.tasks}>
            {tasks.map((task, at) => (
              <li key={task.id}>
                <Checkbox
                  label={task.title}
                  description={
                    task.done_at && words.by(task.done_by_name ?? '—', formatInstant(task.done_at))
                  }
                  checked={task.done}
                  disabled={!mayWrite || busy}
                  onChange={(event) => {
                    const ticked = event.currentTarget.checked
                    show(task.id, ticked)
                    act(() => changeTask(order.id, task.id, { done: ticked }))
                  }}
                />
                {mayWrite && (
                  <TaskMenu order={order} task={task} at={at} last={at === tasks.length - 1} act={act} />
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      {mayWrite && (
        <NewTask full={tasks.length >= MOST} add={(title) => act(() => addTask(order.id, title))} />
      )}
    </Section>
  )
}

type MenuProps = {
  order: WorkOrder
  task: Task
  at: number
  last: boolean
  act: (send: () => Promise<unknown>) => Promise<boolean>
}

function TaskMenu({ order, task, at, last, act }: MenuProps) {
  const move = (position: number) => act(() => changeTask(order.id, task.id, { position }))
  const up = { label: words.up, icon: <IconArrowUp {...icon} />, onClick: () => move(at - 1) }
  const down = { label: words.down, icon: <IconArrowDown {...icon} />, onClick: () => move(at + 1) }
  const remove = {
    label: words.remove,
    icon: <IconTrash {...icon} />,
    danger: true,
    onClick: async () => {
      if (await act(() => removeTask(order.id, task.id))) notifyDone(words.removed(task.title))
    },
  }
  return (
    <RowMenu
      label={common.actionsOf(task.title)}
      items={[...(at > 0 ? [up] : []), ...(last ? [] : [down]), remove]}
    />
  )
}

function NewTask({ full, add }: { full: boolean; add: (title: string) => Promise<boolean> }) {
  const [title, setTitle] = useState('')
  const text = title.trim()
  async function submit(event: FormEvent) {
    event.preventDefault()
    if (text && (await add(text))) setTitle('')
  }
  if (full)
    return (
      <Text size="xs" c="dimmed" mt="xs">
        {words.full}
      </Text>
    )
  return (
    <form onSubmit={submit} className={classes.new}>
      <TextInput
        size="xs"
        aria-label={words.add}
        placeholder={words.add}
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={!text}>
        {words.addButton}
      </Button>
    </form>
  )
}
