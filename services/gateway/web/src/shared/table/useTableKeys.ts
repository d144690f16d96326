/** j and k move through the rows, x selects, e edits; Enter follows the row's link by itself, since the link has focus. */
import { type RefObject, useEffect } from 'react'
import { isTyping } from '@/shared/keys'

/** What each key presses in a row. A row that has a menu and nothing to edit in place opens its menu. */
export const ACTS = { select: '[data-row-select]', edit: '[data-row-edit], [data-row-menu]' }

export function useTableKeys(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const root = container.current
      if (!root || isTyping(event) || event.shiftKey) return
      const act = {
        j: () => move(root, 1),
        k: () => move(root, -1),
        x: () => press(root, 'select'),
        e: () => press(root, 'edit'),
      }[event.key]
      if (act) {
        event.preventDefault()
        act()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [container])
}

function move(root: HTMLElement, step: 1 | -1) {
  const rows = [...root.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step]
  const target =
    next?.querySelector<HTMLElement>('[data-row-link]') ?? next?.querySelector<HTMLElement>('a, button')
  target?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
}

function press(root: HTMLElement, what: 'select' | 'edit') {
  const row = document.activeElement?.closest('[data-row]')
  if (row && root.contains(row)) row.querySelector<HTMLElement>(ACTS[what])?.click()
}
