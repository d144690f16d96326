/** How far a piece of background work is: a bar once its size is known, else that it has begun or waits. */
import { Progress, Stack, Text } from '@mantine/core'
import { tasks as words } from '@/shared/i18n/en/tasks'

export type Counts = { done: number; total: number | null }
export type Progressing = { status: string; progress: Counts }

const open = new Set(['waiting', 'running'])

export const isOpen = (work: { status: string } | undefined) => work !== undefined && open.has(work.status)

/** For a query of one piece of work: asks again every second while it is not finished. */
export const whileOpen = (query: { state: { data?: { status: string } | undefined } }) =>
  isOpen(query.state.data) ? 1000 : (false as const)

/** `say` says in other words how much is done. */
type Props = { work: Progressing; label: string; say?: (done: number, total: number) => string }

export function TaskProgress({ work, label, say = words.doneOf }: Props) {
  const { done, total } = work.progress
  const text = total === null ? words.statuses[work.status] : say(done, total)
  return (
    <Stack gap={4}>
      <Text size="sm" role="status">
        {text}
      </Text>
      <Progress.Root size="lg">
        <Progress.Section value={total ? (100 * done) / total : 0} animated aria-label={label} />
      </Progress.Root>
    </Stack>
  )
}
