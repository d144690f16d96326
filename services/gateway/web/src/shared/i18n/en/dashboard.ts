export const dashboard = {
  title: 'Dashboard',
  counts: {
    clients_active: 'Active clients',
    services_active: 'Active services',
    agreements_active: 'Active agreements',
    work_orders_open: 'Open work orders',
    invoices_open: 'Open invoices',
    invoices_overdue: 'Overdue invoices',
    billable_items_open: 'Items to bill',
  },
  money: { title: 'Owed and unbilled', receivable: 'Receivable', overdue: 'Overdue', unbilled: 'Unbilled' },
  alerts: 'Needs attention',
  noAlerts: 'All clear. Nothing needs attention.',
  recent: 'Recent invoices',
  noInvoices: 'No invoices yet.',
  unavailable: (names: string) => `Figures from ${names} are missing for the moment.`,
  currency: 'Currency',
}

export const catalog = {
  title: 'Catalog',
  search: 'Search services',
  empty: { title: 'The catalog is empty', text: 'Services you sell will be listed here.' },
  status: { active: 'Active', archived: 'Archived' } as Record<string, string>,
  kinds: { labor: 'Labor', recurring: 'Recurring', one_off: 'One-off', usage: 'Usage' } as Record<
    string,
    string
  >,
  fields: {
    name: 'Service',
    category: 'Category',
    kind: 'Kind',
    default_rate: 'Default rate',
    clients: 'Clients',
    agreements: 'Agreements',
    status: 'Status',
  },
}

export const portal = {
  title: 'Client portal',
  invoices: 'Your invoices',
  search: 'Search by number',
  staff: 'Staff members sign in elsewhere.',
  toStaff: 'Go to the staff pages',
  empty: { title: 'No invoices yet', text: 'New invoices appear here as soon as they are issued.' },
  open: 'To pay',
}
