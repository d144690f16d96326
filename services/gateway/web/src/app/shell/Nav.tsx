import { Link } from '@tanstack/react-router'
import { common } from '@/shared/i18n/en/common'
import { may } from '@/shared/session/permissions'
import { useUser } from '@/shared/session/useUser'
import { type PageEntry, pages } from './pages'
import classes from './Shell.module.css'

export function Nav({ onNavigate }: { onNavigate?: () => void }) {
  const user = useUser()
  const shown = pages.filter((page) => !page.needs || may(user, page.needs))
  const groups = [...new Set(shown.map((page) => page.group))]
  return (
    <nav aria-label={common.navigation} className={classes.nav}>
      {groups.map((group) => (
        <div key={group ?? 'home'} className={classes.group}>
          {group && <p className={classes.groupName}>{group}</p>}
          {shown
            .filter((page) => page.group === group)
            .map((page) => (
              <NavItem key={page.to} page={page} onNavigate={onNavigate} />
            ))}
        </div>
      ))}
    </nav>
  )
}

function NavItem({ page, onNavigate }: { page: PageEntry; onNavigate?: () => void }) {
  return (
    <Link
      to={page.to}
      className={classes.item}
      activeOptions={{ exact: page.to === '/', includeSearch: false }}
      activeProps={{ 'data-active': true }}
      onClick={onNavigate}
    >
      <page.icon aria-hidden size={18} stroke={1.6} />
      {page.label}
    </Link>
  )
}
