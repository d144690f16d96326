/** A row of figures with their names; a figure leads to the list of what it counts. */
import { Link } from '@tanstack/react-router'
import classes from './Tiles.module.css'

export type Tile = { label: string; figure: string; href?: string; urgent?: boolean }

export function Tiles({ tiles }: { tiles: Tile[] }) {
  return (
    <dl className={classes.tiles}>
      {tiles.map(({ label, figure, href, urgent }) => (
        <div key={label} className={classes.tile} data-urgent={urgent || undefined}>
          <dt>{label}</dt>
          <dd>
            {href ? (
              <Link to={href as '/'} className={classes.tileLink}>
                {figure}
              </Link>
            ) : (
              figure
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
