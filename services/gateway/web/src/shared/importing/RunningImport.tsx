/** The progress of an import in the background. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { cancelTask, type Task } from '@/api/gen'
import { once } from '@/api/keys'
import { importing as words } from '@/shared/i18n/en/importing'
import { notifyError } from '@/shared/notify'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { isOpen, TaskProgress } from '@/shared/TaskProgress'
import { importTaskQuery } from './useImportTask'

export function RunningImport({ taskId, onEnd }: { taskId: string; onEnd: (task: Task) => void }) {
  const queries = useQueryClient()
  const query = useQuery(importTaskQuery(taskId))
  const task = query.data
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the task is finished
  useEffect(() => {
    if (task && !isOpen(task)) onEnd(task)
  }, [task])

  async function cancel() {
    try {
      await cancelTask({ path: { task_id: taskId }, headers: once() })
    } catch (error) {
      notifyError(error)
    } finally {
      await queries.invalidateQueries({ queryKey: importTaskQuery(taskId).queryKey })
    }
  }

  if (query.isPending) return <PageSkeleton />
  if (!task) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  return (
    <Section title={words.running}>
      <Stack gap="sm">
        <TaskProgress work={task} label={task.title} say={words.rowsOf} />
        <Text size="sm" c="dimmed">
          {words.leave}
        </Text>
        <Group>
          <Button variant="default" disabled={task.cancel_requested || !isOpen(task)} onClick={cancel}>
            {words.cancel}
          </Button>
        </Group>
      </Stack>
    </Section>
  )
}
