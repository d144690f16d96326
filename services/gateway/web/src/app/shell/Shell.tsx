/** The frame around every staff page: skip link, header, navigation, content, and what the keyboard reaches anywhere. */
import { ActionIcon, VisuallyHidden } from '@mantine/core'
import { IconMenu2, IconSearch, IconTrees, IconX } from '@tabler/icons-react'
import { Link, Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useRef, useState } from 'react'
import { ANNOUNCER } from '@/shared/focus'
import { common } from '@/shared/i18n/en/common'
import { useMay } from '@/shared/session/useUser'
import { OfflineBanner } from '@/shared/states/OfflineBanner'
import { Nav } from './Nav'
import classes from './Shell.module.css'
import { useShellKeys } from './useShellKeys'

const HeaderTimers = lazy(() => import('@/features/timers/header'))
const AccountMenu = lazy(() => import('./AccountMenu'))
const Palette = lazy(() => import('../palette/Palette'))
const ShortcutHelp = lazy(() => import('./ShortcutHelp'))
const modKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'

export function Shell() {
  const [palette, setPalette] = useState(false)
  const [help, setHelp] = useState(false)
  const drawer = useRef<HTMLDialogElement>(null)
  const openPalette = useCallback(() => setPalette(true), [])
  const openHelp = useCallback(() => setHelp(true), [])
  const closeDrawer = () => drawer.current?.close()
  const mayLog = useMay('time.write')
  useShellKeys({ openPalette, openHelp })

  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        {common.skipToContent}
      </a>
      <header className={classes.header}>
        <ActionIcon
          className={classes.burger}
          size="lg"
          aria-label={common.openNavigation}
          onClick={() => drawer.current?.showModal()}
        >
          <IconMenu2 size={20} />
        </ActionIcon>
        <Link to="/" className={classes.brand}>
          <IconTrees aria-hidden size={22} stroke={1.8} />
          {common.product}
        </Link>
        <button
          type="button"
          className={classes.searchButton}
          onClick={openPalette}
          aria-keyshortcuts="Control+K"
        >
          <IconSearch aria-hidden size={16} stroke={1.7} />
          <span className={classes.searchText}>{common.searchEverything}</span>
          <kbd className={classes.kbd}>{modKey}</kbd>
        </button>
        {mayLog && (
          <Suspense>
            <HeaderTimers />
          </Suspense>
        )}
        <Suspense fallback={<span className={classes.avatar} aria-hidden />}>
          <AccountMenu onHelp={openHelp} />
        </Suspense>
      </header>
      <aside className={classes.side}>
        <Nav />
      </aside>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop closes; the keyboard has Escape */}
      <dialog
        ref={drawer}
        className={classes.drawer}
        aria-label={common.navigation}
        onClick={(event) => event.target === drawer.current && closeDrawer()}
      >
        <ActionIcon size="lg" aria-label={common.closeNavigation} onClick={closeDrawer} mb="xs">
          <IconX size={20} />
        </ActionIcon>
        <Nav onNavigate={closeDrawer} />
      </dialog>
      <div className={classes.content}>
        <OfflineBanner />
        <VisuallyHidden role="status" id={ANNOUNCER} />
        <main id="main" tabIndex={-1} className={classes.main}>
          <Outlet />
        </main>
      </div>
      <Suspense>
        {palette && <Palette onClose={() => setPalette(false)} />}
        {help && <ShortcutHelp onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  )
}
