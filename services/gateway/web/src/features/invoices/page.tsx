import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Crumbs } from '@/shared/Crumbs'
import { invoices } from '@/shared/i18n/en/invoices'
import { TextLink } from '@/shared/Link'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { Actions } from './actions'
import { InvoiceBody } from './body'
import { PaymentHistory } from './payments'
import { invoiceQuery } from './queries'
import { InvoiceStatus } from './status'

export function InvoicePage() {
  const { invoiceId } = useParams({ from: '/frame/invoices/$invoiceId' })
  const query = useQuery(invoiceQuery(invoiceId))
  const mayWrite = useMay('invoices.write')
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  const invoice = query.data
  return (
    <>
      <PageHeader
        title={invoice.number ?? invoices.draft}
        badge={<InvoiceStatus invoice={invoice} />}
        above={<Crumbs to="/invoices" label={invoices.title} />}
      >
        <Actions invoice={invoice} mayWrite={mayWrite} />
      </PageHeader>
      <InvoiceBody
        invoice={invoice}
        client={
          <TextLink to="/clients/$clientId" params={{ clientId: invoice.client_id }}>
            {invoice.client_name}
          </TextLink>
        }
      />
      <PaymentHistory invoice={invoice} />
    </>
  )
}
