/** What a client owes. */
export const clientAccount = {
  title: 'Account',
  currency: 'Currency',
  outstanding: 'Outstanding',
  overdue: 'Overdue',
  credit: 'Credit',
  balance: 'Balance',
  ageing: 'Outstanding by age',
  buckets: {
    current: 'Not due yet',
    days_1_30: '1–30 days late',
    days_31_60: '31–60 days late',
    days_61_90: '61–90 days late',
    days_over_90: 'Over 90 days late',
  },
  openInvoices: 'Open invoices',
  payments: 'Payments',
  items: 'Items to bill',
}
