/** The way between the pages of one part of the product. */
import { Link } from '@tanstack/react-router'
import classes from './Sections.module.css'

type Props = { label: string; parts: readonly (readonly [to: string, label: string])[] }

export function Sections({ label, parts }: Props) {
  return (
    <nav aria-label={label} className={classes.sections}>
      {parts.map(([to, text]) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className={classes.section}
        >
          {text}
        </Link>
      ))}
    </nav>
  )
}
