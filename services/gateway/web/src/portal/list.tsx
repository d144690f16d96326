import { Anchor } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { invoiceColumns } from '@/features/invoices/columns'
import { fetchInvoices, type InvoiceSummary, invoicesKey, pdfUrl } from '@/features/invoices/queries'
import { invoices } from '@/shared/i18n/en/invoices'
import { portal } from '@/shared/i18n/en/portal'
import { PageHeader } from '@/shared/PageHeader'
import { useUser } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import type { Column, Filter } from '@/shared/table/types'
import { AmountDue } from './due'

const nameOf = (invoice: InvoiceSummary) => invoice.number ?? invoices.draft

const pdf: Column<InvoiceSummary> = {
  id: 'pdf',
  header: portal.pdf,
  width: '5rem',
  cell: (invoice) => (
    <Anchor
      href={pdfUrl(invoice.id)}
      target="_blank"
      rel="noopener"
      size="sm"
      aria-label={portal.pdfOf(nameOf(invoice))}
    >
      <IconFileTypePdf aria-hidden size={16} stroke={1.6} /> {portal.pdf}
    </Anchor>
  ),
}

const columns = [...invoiceColumns.filter((column) => column.id !== 'client'), pdf]
const filters: Filter[] = [
  {
    key: 'status',
    label: invoices.fields.status,
    options: ['open', 'overdue', 'paid', 'void'].map((value) => ({
      value,
      label: invoices.filterStates[value]!,
    })),
  },
]

export function PortalInvoices() {
  const clientId = useUser()?.client_id
  return (
    <>
      <PageHeader title={portal.invoices} />
      {clientId && <AmountDue clientId={clientId} />}
      <DataTable
        label={portal.invoices}
        queryKey={invoicesKey}
        fetchPage={fetchInvoices}
        columns={columns}
        rowName={nameOf}
        defaultSort="-issued_on"
        searchLabel={portal.search}
        filters={filters}
        empty={portal.empty}
      />
    </>
  )
}
