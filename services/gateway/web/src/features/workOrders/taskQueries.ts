/** What the tasks of a work order read and write. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { addWorkOrderTask, listWorkOrderTasks, removeWorkOrderTask, updateWorkOrderTask } from '@/api/gen'
import { once } from '@/api/keys'
import { ordersKey } from './queries'

export type Task = gen.ListWorkOrderTasksResponse['items'][number]
export type TaskChange = NonNullable<gen.UpdateWorkOrderTaskData['body']>

export const tasksOfOrder = (work_order_id: string) =>
  queryOptions({
    queryKey: [...ordersKey, 'tasks', work_order_id],
    queryFn: ({ signal }) => listWorkOrderTasks({ path: { work_order_id }, signal }),
  })

export const addTask = (work_order_id: string, title: string) =>
  addWorkOrderTask({ path: { work_order_id }, body: { title }, headers: once() })

export const changeTask = (work_order_id: string, task_id: string, body: TaskChange) =>
  updateWorkOrderTask({ path: { work_order_id, task_id }, body })

export const removeTask = (work_order_id: string, task_id: string) =>
  removeWorkOrderTask({ path: { work_order_id, task_id } })
