/** What can be done with an invoice in its present state. Sends and charges are confirmed first. */
import { Button } from '@mantine/core'
import { IconCash } from '@tabler/icons-react'
import { useState } from 'react'
import { invoices, payments } from '@/shared/i18n/en/invoices'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { PdfButton } from './pdfButton'
import { type Invoice, type InvoiceAction, useInvoiceAction } from './queries'
import { isOpen } from './status'

const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)
const RecordPayment = lazyPart(async () => (await import('./recordPayment')).RecordPayment)
const Recipients = lazyPart(async () => (await import('./recipients')).Recipients)
const MoreMenu = lazyPart(async () => (await import('./moreMenu')).MoreMenu)

const finished = { issue: invoices.issued, send: invoices.sent, void: invoices.voided }

export function Actions({ invoice, mayWrite }: { invoice: Invoice; mayWrite: boolean }) {
  const [asked, setAsked] = useState<InvoiceAction | null>(null)
  const [paying, setPaying] = useState(false)
  const action = useInvoiceAction(invoice)
  const draft = invoice.status === 'draft'
  const open = isOpen(invoice)

  async function run(what: InvoiceAction) {
    try {
      await action.mutateAsync(what)
      notifyDone(finished[what])
    } catch (error) {
      notifyError(error)
    }
    setAsked(null)
  }

  return (
    <>
      <PdfButton invoice={invoice} />
      {mayWrite && draft && <Button onClick={() => setAsked('issue')}>{invoices.issue}</Button>}
      {mayWrite && !draft && invoice.status !== 'void' && (
        <Button variant="default" onClick={() => setAsked('send')}>
          {invoices.send}
        </Button>
      )}
      {mayWrite && open && (
        <Button leftSection={<IconCash aria-hidden size={16} stroke={1.7} />} onClick={() => setPaying(true)}>
          {payments.record}
        </Button>
      )}
      <MoreMenu invoice={invoice} onVoid={mayWrite && open ? () => setAsked('void') : undefined} />
      {asked && (
        <ConfirmDialog
          {...invoices.confirm[asked]}
          action={invoices[asked]}
          danger={asked === 'void'}
          busy={action.isPending}
          onConfirm={() => run(asked)}
          onClose={() => setAsked(null)}
        >
          {asked === 'send' && <Recipients clientId={invoice.client_id} />}
        </ConfirmDialog>
      )}
      {paying && <RecordPayment invoice={invoice} onClose={() => setPaying(false)} />}
    </>
  )
}
