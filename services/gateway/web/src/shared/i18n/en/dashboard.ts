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

export const portal = {
  title: 'Client portal',
  invoices: 'Your invoices',
  search: 'Search by number',
  staff: 'Staff members sign in elsewhere.',
  toStaff: 'Go to the staff pages',
  empty: { title: 'No invoices yet', text: 'New invoices appear here as soon as they are issued.' },
  open: 'To pay',
}
