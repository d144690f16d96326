/** The import that goes on in the background: its id is in the address, so that a reload finds it again. */
import { queryOptions } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { getTask, type Task } from '@/api/gen'
import type { Problem } from '@/api/problem'
import { whileOpen } from '@/shared/TaskProgress'
import type { ImportReport } from './types'

type Search = { task?: string; of?: string }

export const isTask = (answer: ImportReport | Task): answer is Task => 'progress' in answer

export const importTaskQuery = (task_id: string) =>
  queryOptions({
    queryKey: ['tasks', 'import', task_id],
    queryFn: ({ signal }) => getTask({ path: { task_id }, signal }),
    refetchInterval: whileOpen,
  })

/** The report of a finished import: its result, or a part of the problem that it failed with. */
export function reportOf(task: Task): ImportReport | null {
  if (task.status === 'succeeded') return task.result as ImportReport
  return (task.result as (Problem & { report?: ImportReport }) | null)?.report ?? null
}

export function useImportTask() {
  const { task } = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const change = (next: string | undefined) =>
    navigate({
      to: '.',
      replace: true,
      search: ((before: Search) => ({ ...before, task: next })) as never,
    })
  return { taskId: task, follow: (id: string) => change(id), forget: () => change(undefined) }
}

/** What a page with several imports imports: in the address, beside the task. */
export function useImportSource<Source extends string>(sources: readonly Source[]) {
  const { of } = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const source = sources.find((one) => one === of) ?? sources[0]!
  const choose = (next: string) => navigate({ to: '.', replace: true, search: { of: next } as never })
  return [source, choose] as const
}
