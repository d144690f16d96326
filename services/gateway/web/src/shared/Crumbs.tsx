import type { LinkProps } from '@tanstack/react-router'
import { TextLink } from './Link'

/** The way back up, above a page's title. */
export function Crumbs({ to, label }: { to: LinkProps['to']; label: string }) {
  return (
    <nav aria-label={label}>
      <TextLink to={to} size="xs">
        ← {label}
      </TextLink>
    </nav>
  )
}
