/**
 * Asks once before unsaved edits are left: in the product's own dialog for a route, tab or dialog, in the browser's for
 * closing it. A form that is saving, or has just saved, leaves without a question; so does one whose question was answered.
 */
import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { lazyPart } from '@/shared/lazyPart'

const LeaveDialog = lazyPart(async () => (await import('./LeaveDialog')).LeaveDialog)
const SETTLES_MS = 500

type Guard = {
  /** True while the question is open: the dialog below it must not react to Escape. */
  asking: boolean
  /** Runs `leave` at once where nothing was edited, else after the question. */
  ask: (leave: () => void) => void
  question: ReactNode
}

export function useLeaveGuard(dirty: boolean, busy: boolean): Guard {
  const [waiting, setWaiting] = useState<{ leave: () => void } | null>(null)
  const now = useRef({ dirty, busy, settled: 0 })
  if (now.current.busy && !busy) now.current.settled = Date.now()
  Object.assign(now.current, { dirty, busy })
  const unsaved = () =>
    now.current.dirty && !now.current.busy && Date.now() - now.current.settled > SETTLES_MS
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved() && place(current) !== place(next),
    enableBeforeUnload: unsaved,
    withResolver: true,
  })
  const blocked = blocker.status === 'blocked'

  function close(leave: boolean) {
    if (leave) now.current.settled = Date.now()
    if (blocked) (leave ? blocker.proceed : blocker.reset)()
    else if (leave) waiting?.leave()
    setWaiting(null)
  }

  return {
    asking: blocked || waiting !== null,
    ask: (leave) => (unsaved() ? setWaiting({ leave }) : leave()),
    question: (blocked || waiting) && <LeaveDialog onLeave={() => close(true)} onStay={() => close(false)} />,
  }
}

/** Where one is: a page, its tab, and whether it is edited. Filters and the like in the address are no place of their own. */
function place({ pathname, search }: { pathname: string; search: object }): string {
  const { tab = '', edit = '' } = search as { tab?: string; edit?: string }
  return `${pathname} ${tab} ${edit}`
}
