/** Where an entity of the audit log has its page; some have none. */
import type { AuditEntry } from './queries'

const PAGES: Record<string, (id: string) => string> = {
  'billing.invoice': (id) => `/invoices/${id}`,
  'billing.labor_rate': () => '/reports/labor-rates',
  'catalog.bundle': (id) => `/catalog/bundles/${id}`,
  'catalog.service': (id) => `/catalog/${id}`,
  'clients.client': (id) => `/clients/${id}`,
  'clients.client_service': (id) => `/clients/${id}?tab=services`,
  'notifications.delivery': (id) => `/notifications/${id}`,
}

/** Parts of a client are shown on its page. */
const TABS: Record<string, string> = {
  'clients.asset': 'assets',
  'clients.contact': 'contacts',
  'clients.location': 'locations',
  'clients.note': 'notes',
}

export function placeOf(entry: Pick<AuditEntry, 'aggregate' | 'subject' | 'data'>): string | null {
  const tab = TABS[entry.aggregate]
  if (tab)
    return typeof entry.data.client_id === 'string' ? `/clients/${entry.data.client_id}?tab=${tab}` : null
  return PAGES[entry.aggregate]?.(entry.subject) ?? null
}
