/** The page that shows what a task is about. */
import type { TaskRow } from './queries'

export type Place = { to: string; search?: Record<string, string> }

const imports: Record<string, { to: string; of?: string }> = {
  import_services: { to: '/catalog/import' },
  import_clients: { to: '/clients/import', of: 'clients' },
  import_contacts: { to: '/clients/import', of: 'contacts' },
  import_itflow: { to: '/clients/import', of: 'itflow' },
  import_agreements: { to: '/work/import', of: 'agreements' },
  import_work_orders: { to: '/work/import', of: 'orders' },
  import_time: { to: '/work/import', of: 'time' },
}

export function placeOf({ id, kind }: Pick<TaskRow, 'id' | 'kind'>): Place | null {
  if (kind === 'invoice_run') return { to: `/invoice-runs/${id}` }
  const found = imports[kind]
  return found ? { to: found.to, search: { ...(found.of && { of: found.of }), task: id } } : null
}
