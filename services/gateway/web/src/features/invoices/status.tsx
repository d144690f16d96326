import { Badge } from '@mantine/core'
import { daysUntil } from '@/shared/dates'
import { invoices } from '@/shared/i18n/en/invoices'
import { compareDecimals } from '@/shared/money'

type Owed = { status: string; due_on: string | null; balance: string }

const colors: Record<string, string> = {
  draft: 'gray',
  issued: 'blue',
  partially_paid: 'yellow',
  paid: 'evergreen',
  overdue: 'red',
  void: 'gray',
  uncollectible: 'orange',
}

const OPEN = ['issued', 'partially_paid', 'overdue']

export const isOpen = (invoice: Owed) =>
  OPEN.includes(invoice.status) && compareDecimals(invoice.balance, '0') > 0

/** "Overdue" is not a state of its own: it is an open invoice past its due date. */
export function statusOf(invoice: Owed): string {
  return isOpen(invoice) && invoice.due_on && daysUntil(invoice.due_on) < 0 ? 'overdue' : invoice.status
}

export function InvoiceStatus({ invoice }: { invoice: Owed }) {
  const status = statusOf(invoice)
  return <Badge color={colors[status] ?? 'gray'}>{invoices.status[status] ?? status}</Badge>
}
