import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { InvoiceBody } from '@/features/invoices/body'
import { PaymentHistory } from '@/features/invoices/payments'
import { invoiceQuery } from '@/features/invoices/queries'
import { InvoiceStatus } from '@/features/invoices/status'
import { Crumbs } from '@/shared/Crumbs'
import { invoices } from '@/shared/i18n/en/invoices'
import { portal } from '@/shared/i18n/en/portal'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'

const PdfButton = lazyPart(async () => (await import('@/features/invoices/pdfButton')).PdfButton)

export function PortalInvoice() {
  const { invoiceId } = useParams({ strict: false }) as { invoiceId: string }
  const query = useQuery(invoiceQuery(invoiceId))
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  const invoice = query.data
  return (
    <>
      <PageHeader
        title={invoice.number ?? invoices.draft}
        badge={<InvoiceStatus invoice={invoice} />}
        above={<Crumbs to="/" label={portal.invoices} />}
      >
        <PdfButton invoice={invoice} />
      </PageHeader>
      <InvoiceBody invoice={invoice} client={invoice.client_name} />
      <PaymentHistory invoice={invoice} />
    </>
  )
}
