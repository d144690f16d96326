import { dashboard } from '@/shared/i18n/en/dashboard'
import { Tiles } from '@/shared/Tiles'
import type { Dashboard } from './queries'

type Counts = Dashboard['counts']
type Name = keyof typeof dashboard.counts

/** Where a figure leads: the list of what it counts. */
const lists: Partial<Record<Name, string>> = {
  clients_active: '/clients?status=active',
  services_active: '/catalog?status=active',
  agreements_active: '/agreements?status=active',
  agreement_decisions_open: '/agreements/decisions',
  work_orders_open: '/work-orders?status=open',
  work_orders_overdue: '/work-orders?status=open&sla=overdue',
  work_orders_at_risk: '/work-orders?status=open&sla=at_risk',
  invoices_open: '/invoices?status=open',
  invoices_overdue: '/invoices?status=overdue',
  billable_items_open: '/billable-items?status=to_bill',
  deliveries_failed: '/notifications?status=failed',
}

const URGENT: Name[] = ['work_orders_overdue', 'invoices_overdue', 'deliveries_failed']

export function Counts({ counts }: { counts: Counts }) {
  const names = (Object.keys(dashboard.counts) as Name[]).filter((name) => typeof counts[name] === 'number')
  return (
    <Tiles
      tiles={names.map((name) => ({
        label: dashboard.counts[name],
        figure: (counts[name] ?? 0).toLocaleString('en-US'),
        href: lists[name],
        urgent: URGENT.includes(name) && (counts[name] ?? 0) > 0,
      }))}
    />
  )
}
