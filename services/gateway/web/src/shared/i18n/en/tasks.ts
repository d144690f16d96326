/** Background tasks: their list, progress and actions. */
export const tasks = {
  title: 'Tasks',
  empty: {
    title: 'No tasks yet',
    text: 'Invoice runs, imports, bulk changes and scheduled changes appear here with their progress.',
  },
  fields: {
    title: 'Task',
    status: 'Status',
    progress: 'Progress',
    actor: 'Started by',
    created_at: 'Created',
    finished_at: 'Finished',
    attempts: 'Attempts',
    error: 'Error',
    service: 'Service',
  },
  statuses: {
    waiting: 'Waiting',
    running: 'Running',
    succeeded: 'Finished',
    failed: 'Failed',
    cancelled: 'Canceled',
  } as Record<string, string>,
  doneOf: (done: number, total: number) =>
    `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} done`,
  system: 'Evergreen',
  cancel: 'Cancel task',
  cancelAsked: (title: string) => `Cancel ${title}?`,
  cancelText: 'What is done stays done. The rest is not carried out.',
  cancelled: (title: string) => `Canceled ${title}`,
  retry: 'Retry task',
  retried: (title: string) => `Retrying ${title}`,
  unavailable: (services: string) =>
    `These services did not answer, so their tasks are missing: ${services}.`,
}
