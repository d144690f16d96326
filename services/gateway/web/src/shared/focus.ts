/** Where the focus was: dialogs give it back when they close, and a new page takes it to its heading. */
import { useLocation } from '@tanstack/react-router'
import { type RefObject, useEffect, useRef } from 'react'
import { common } from '@/shared/i18n/en/common'

const REMEMBERED = 12
const past: HTMLElement[] = []

if (typeof document !== 'undefined')
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return
    past.push(target)
    if (past.length > REMEMBERED) past.shift()
  })

/** The last element that had the focus and can have it again. */
function latest(before: HTMLElement[]): HTMLElement | undefined {
  const usable = (element: HTMLElement) =>
    element.isConnected && element.getClientRects().length > 0 && !element.matches(':disabled')
  const outside = (element: HTMLElement) => element.closest('[role=menu], [role=listbox]') === null
  return before.findLast((element) => usable(element) && outside(element))
}

/** For the time a dialog is mounted: afterwards the focus is back where it was before. */
export function useReturnFocus(): void {
  const before = useRef<HTMLElement[]>(null)
  before.current ??= [...past]
  useEffect(() => {
    const { pathname } = window.location
    const remembered = before.current ?? []
    return () => {
      // later than the removal, and than what opened instead of this dialog
      setTimeout(() => {
        if (typeof document === 'undefined') return // a test has ended meanwhile
        const current = document.activeElement
        const lost = current === null || current === document.body || !current.isConnected
        if (!lost || window.location.pathname !== pathname) return
        ;(latest(remembered) ?? document.querySelector<HTMLElement>('main h1'))?.focus({
          preventScroll: true,
        })
      }, 30)
    }
  }, [])
}

let arrived = false

/**
 * Names the tab after the page. On every page but the first one of a visit it also moves the focus to the heading, so that
 * the next Tab starts there, and has the title announced.
 */
export function usePageTitle(title: string, heading: RefObject<HTMLElement | null>): void {
  const pathname = useLocation({ select: (location) => location.pathname })
  const told = useRef<string>(null)
  useEffect(() => {
    document.title = `${title} · ${common.product}`
    if (told.current === pathname) return
    told.current = pathname
    if (arrived && document.querySelector('[role=dialog]') === null)
      heading.current?.focus({ preventScroll: true })
    if (arrived) announce(document.title)
    arrived = true
  }, [title, pathname, heading])
}

/** The live region stands in the shell. */
export const ANNOUNCER = 'announcer'

function announce(text: string) {
  const region = document.getElementById(ANNOUNCER)
  if (region) region.textContent = text
}
