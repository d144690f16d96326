import { VisuallyHidden } from '@mantine/core'
import { IconTrees } from '@tabler/icons-react'
import { Link, Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import shell from '@/app/shell/Shell.module.css'
import { ANNOUNCER } from '@/shared/focus'
import { common } from '@/shared/i18n/en/common'
import { portal } from '@/shared/i18n/en/portal'
import { OfflineBanner } from '@/shared/states/OfflineBanner'
import classes from './portal.module.css'

const AccountMenu = lazy(() => import('@/app/shell/AccountMenu'))

export function PortalShell() {
  return (
    <>
      <a href="#main" className={shell.skip}>
        {common.skipToContent}
      </a>
      <header className={`${shell.header} ${classes.header}`}>
        <Link to="/" className={shell.brand}>
          <IconTrees aria-hidden size={22} stroke={1.8} />
          {common.product}
        </Link>
        <nav aria-label={common.navigation} className={classes.nav}>
          <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
            {portal.nav.invoices}
          </Link>
          <Link to={'/statement' as never}>{portal.nav.statement}</Link>
          <Link to={'/agreements' as never}>{portal.nav.agreements}</Link>
          <Link to={'/work-orders' as never}>{portal.nav.orders}</Link>
        </nav>
        <Suspense fallback={<span className={shell.avatar} aria-hidden />}>
          <AccountMenu />
        </Suspense>
      </header>
      <OfflineBanner />
      <VisuallyHidden role="status" id={ANNOUNCER} />
      <main id="main" tabIndex={-1} className={shell.main} style={{ maxWidth: 1040 }}>
        <Outlet />
      </main>
    </>
  )
}
