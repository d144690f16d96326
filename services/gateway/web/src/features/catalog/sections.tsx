/** The way between the catalog's parts. */
import { Link } from '@tanstack/react-router'
import { catalog } from '@/shared/i18n/en/catalog'
import classes from './sections.module.css'

const parts = [['/catalog', catalog.sections.services]] as const

export function CatalogSections() {
  if (parts.length < 2) return null
  return (
    <nav aria-label={catalog.sections.label} className={classes.sections}>
      {parts.map(([to, label]) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className={classes.section}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
