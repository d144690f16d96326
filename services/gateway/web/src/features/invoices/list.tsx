import { IconFileCheck, IconSend } from '@tabler/icons-react'
import { invoices } from '@/shared/i18n/en/invoices'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { BulkAction, Filter } from '@/shared/table/types'
import { invoiceColumns } from './columns'
import { actOn, fetchInvoices, type InvoiceSummary, invoicesKey } from './queries'
import { isOpen } from './status'

const filters: Filter[] = [
  {
    key: 'status',
    label: invoices.fields.status,
    options: ['draft', 'issued', 'partially_paid', 'paid', 'void'].map((value) => ({
      value,
      label: invoices.status[value]!,
    })),
  },
  {
    key: 'overdue',
    label: invoices.only.label,
    options: [
      { value: 'true', label: invoices.only.overdue },
      { value: 'false', label: invoices.only.current },
    ],
  },
]

const bulk: BulkAction<InvoiceSummary>[] = [
  {
    label: invoices.issue,
    icon: <IconFileCheck size={14} />,
    appliesTo: (invoice) => invoice.status === 'draft',
    confirm: (rows) => ({
      title: invoices.confirm.bulkIssue(rows.length),
      text: invoices.confirm.issue.text,
    }),
    run: (invoice) => actOn(invoice, 'issue'),
    done: invoices.bulkIssued,
  },
  {
    label: invoices.send,
    icon: <IconSend size={14} />,
    appliesTo: isOpen,
    confirm: (rows) => ({ title: invoices.confirm.bulkSend(rows.length), text: invoices.confirm.send.text }),
    run: (invoice) => actOn(invoice, 'send'),
    done: invoices.bulkSent,
  },
]

export function InvoiceList() {
  const mayWrite = useMay('invoices.write')
  return (
    <>
      <PageHeader title={invoices.title} />
      <DataTable
        label={invoices.title}
        queryKey={invoicesKey}
        fetchPage={fetchInvoices}
        columns={invoiceColumns}
        rowName={(invoice) => invoice.number ?? invoices.draft}
        defaultSort="-issued_on"
        searchLabel={invoices.search}
        filters={filters}
        bulk={mayWrite ? bulk : undefined}
        empty={invoices.empty}
      />
    </>
  )
}
