import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Crumbs } from '@/shared/Crumbs'
import { drafts } from '@/shared/i18n/en/drafts'
import { invoices } from '@/shared/i18n/en/invoices'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { Actions } from './actions'
import { InvoiceBody } from './body'
import { PaymentHistory } from './payments'
import { type Invoice, invoiceQuery } from './queries'
import { InvoiceStatus } from './status'

const DraftEditor = lazyPart(async () => (await import('./draftEditor')).DraftEditor, <PageSkeleton />)
const DraftChanges = lazyPart(async () => (await import('./draftChanges')).DraftChanges)
const Timeline = lazyPart(async () => (await import('./timeline')).Timeline)

export function InvoicePage() {
  const { invoiceId } = useParams({ from: '/frame/invoices/$invoiceId' })
  const query = useQuery(invoiceQuery(invoiceId))
  const mayWrite = useMay('invoices.write')
  const { edit } = useSearch({ strict: false }) as { edit?: string }
  const navigate = useNavigate()
  const setEditing = (on: boolean) =>
    navigate({ to: '.', search: (on ? { edit: 'true' } : {}) as never, replace: !on, resetScroll: false })
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  const invoice = query.data
  const editing = edit === 'true' && mayWrite && invoice.status === 'draft'
  return (
    <>
      <PageHeader
        title={invoice.number ?? invoices.draft}
        badge={<InvoiceStatus invoice={invoice} />}
        above={<Crumbs to="/invoices" label={invoices.title} />}
      >
        {!editing && <Actions invoice={invoice} mayWrite={mayWrite} onEdit={() => setEditing(true)} />}
      </PageHeader>
      {editing ? (
        <DraftEditor invoice={invoice} onClose={() => setEditing(false)} />
      ) : (
        <View invoice={invoice} />
      )}
    </>
  )
}

function View({ invoice }: { invoice: Invoice }) {
  return (
    <Stack gap="md">
      {(invoice.changes_since_draft.length > 0 || invoice.warnings.length > 0) && (
        <DraftChanges invoice={invoice} />
      )}
      <InvoiceBody
        invoice={invoice}
        client={
          <TextLink to="/clients/$clientId" params={{ clientId: invoice.client_id }}>
            {invoice.client_name}
          </TextLink>
        }
      />
      {invoice.notes && (
        <Section title={drafts.fields.notes}>
          <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            {invoice.notes}
          </Text>
        </Section>
      )}
      {invoice.status !== 'draft' && <PaymentHistory invoice={invoice} />}
      <Timeline invoice={invoice} />
    </Stack>
  )
}
