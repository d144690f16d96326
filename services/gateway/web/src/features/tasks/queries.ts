/** What the page of background tasks reads and does. */
import type * as gen from '@/api/gen'
import { cancelTask, listTasks, retryTask } from '@/api/gen'
import { once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type TaskRow = gen.ListTasksResponse['items'][number]

export const tasksKey = ['tasks'] as const

export async function fetchTasks({ q: _, ...params }: PageParams, signal: AbortSignal) {
  const query = params as NonNullable<gen.ListTasksData['query']>
  return await listTasks({ query, signal })
}

export const cancel = (task: TaskRow) => cancelTask({ path: { task_id: task.id }, headers: once() })

export const retry = (task: TaskRow) => retryTask({ path: { task_id: task.id }, headers: once() })
