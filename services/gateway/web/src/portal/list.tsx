import { invoiceColumns } from '@/features/invoices/columns'
import { fetchInvoices, invoicesKey } from '@/features/invoices/queries'
import { portal } from '@/shared/i18n/en/dashboard'
import { invoices } from '@/shared/i18n/en/invoices'
import { PageHeader } from '@/shared/PageHeader'
import { DataTable } from '@/shared/table/DataTable'

const columns = invoiceColumns.filter((column) => column.id !== 'client')

export function PortalInvoices() {
  return (
    <>
      <PageHeader title={portal.invoices} />
      <DataTable
        label={portal.invoices}
        queryKey={invoicesKey}
        fetchPage={fetchInvoices}
        columns={columns}
        rowName={(invoice) => invoice.number ?? invoices.draft}
        defaultSort="-issued_on"
        searchLabel={portal.search}
        empty={portal.empty}
      />
    </>
  )
}
