/** Keys that work on every page: Ctrl-K palette, "/" search, "?" help, "g" then a letter to go to a page. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { isTyping } from '@/shared/keys'
import { may } from '@/shared/session/permissions'
import { useUser } from '@/shared/session/useUser'
import { pages } from './pages'

const GO_MS = 1200

type Actions = { openPalette: () => void; openHelp: () => void }

export function useShellKeys({ openPalette, openHelp }: Actions) {
  const navigate = useNavigate()
  const user = useUser()
  const goUntil = useRef(0)

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        return openPalette()
      }
      if (isTyping(event)) return
      if (event.key === '/') {
        event.preventDefault()
        const search = document.querySelector<HTMLInputElement>('[data-list-search]')
        if (search) search.focus()
        else openPalette()
      } else if (event.key === '?') {
        openHelp()
      } else if (event.key === 'g') {
        goUntil.current = Date.now() + GO_MS
      } else if (Date.now() < goUntil.current) {
        goUntil.current = 0
        const page = pages.find((entry) => entry.key === event.key)
        if (page && (!page.needs || may(user, page.needs))) {
          event.preventDefault()
          event.stopImmediatePropagation()
          navigate({ to: page.to })
        }
      }
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [navigate, openHelp, openPalette, user])
}
