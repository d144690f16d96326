/** Short messages at the edge of the screen, with an undo for what can be undone. Loaded when the first one is shown. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ApiError } from '@/api/problem'
import { common } from './i18n/en/common'
import { states } from './i18n/en/states'

const UNDO_MS = 8000

async function show(message: ReactNode, options: { color?: string; autoClose?: number; id?: string } = {}) {
  const { notifications } = await import('@mantine/notifications')
  notifications.show({
    message,
    withBorder: true,
    closeButtonProps: { 'aria-label': common.closeNotification },
    ...options,
  })
}

export function notifyDone(text: string, undo?: () => void): void {
  if (!undo) return void show(text, { color: 'evergreen' })
  const id = `undo-${Date.now()}`
  const run = async () => {
    const { notifications } = await import('@mantine/notifications')
    notifications.hide(id)
    undo()
  }
  show(
    <span>
      {text}{' '}
      <Button variant="subtle" size="compact-sm" onClick={run}>
        {common.undo}
      </Button>
    </span>,
    { id, color: 'evergreen', autoClose: UNDO_MS },
  )
}

export function notifyError(error: unknown): void {
  notifyFailure(errorText(error))
}

/** A failure already put into words. */
export function notifyFailure(text: string): void {
  show(text, { color: 'red', autoClose: 10_000 })
}

export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return states.broken.title
  if (error.unreachable) return states.unreachable.title
  if (error.status === 412) return states.stale
  const fields = Object.values(error.problem.errors ?? {}).flat()
  return fields.length > 0 ? fields.join(' ') : error.message
}
