import { Link } from '@tanstack/react-router'
import { dashboard } from '@/shared/i18n/en/dashboard'
import classes from './dashboard.module.css'
import type { Dashboard } from './queries'

type Counts = Dashboard['counts']
type Name = keyof typeof dashboard.counts

/** Where a figure leads: the list of what it counts. */
const lists: Partial<Record<Name, string>> = {
  clients_active: '/clients?status=active',
  services_active: '/catalog?status=active',
  invoices_open: '/invoices?status=open',
  invoices_overdue: '/invoices?status=overdue',
  billable_items_open: '/billable-items?status=to_bill',
  deliveries_failed: '/notifications?status=failed',
}

export function Counts({ counts }: { counts: Counts }) {
  const names = (Object.keys(dashboard.counts) as Name[]).filter((name) => typeof counts[name] === 'number')
  return (
    <dl className={classes.counts}>
      {names.map((name) => (
        <Tile
          key={name}
          label={dashboard.counts[name]}
          count={counts[name] ?? 0}
          href={lists[name]}
          name={name}
        />
      ))}
    </dl>
  )
}

const URGENT: Name[] = ['invoices_overdue', 'deliveries_failed']

type TileProps = { label: string; count: number; href?: string; name: Name }

function Tile({ label, count, href, name }: TileProps) {
  const urgent = URGENT.includes(name) && count > 0
  const figure = count.toLocaleString('en-US')
  return (
    <div className={classes.tile} data-urgent={urgent || undefined}>
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
  )
}
