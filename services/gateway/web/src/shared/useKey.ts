import { useEffect, useRef } from 'react'
import { isTyping } from './keys'

/** Runs `act` when the key is pressed outside of fields, dialogs and menus. */
export function useKey(key: string, act: () => void) {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== key || event.shiftKey || isTyping(event)) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [key])
}
