/** What can be done with an invoice in its present state. Sends and charges are confirmed first. */
import { Button } from '@mantine/core'
import { IconCash, IconPencil } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { drafts } from '@/shared/i18n/en/drafts'
import { invoices, payments } from '@/shared/i18n/en/invoices'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { Tip } from '@/shared/Tip'
import { deleteDraft, type Invoice, type InvoiceAction, useInvoiceAction } from './queries'
import { isOpen } from './status'

const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)
const VoidDialog = lazyPart(async () => (await import('./voidDialog')).VoidDialog)
const RecordPayment = lazyPart(async () => (await import('./recordPayment')).RecordPayment)
const DraftChanges = lazyPart(async () => (await import('./draftChanges')).DraftChanges)
const Recipients = lazyPart(async () => (await import('./recipients')).Recipients)
const PdfButton = lazyPart(async () => (await import('./pdfButton')).PdfButton)
const MoreMenu = lazyPart(async () => (await import('./moreMenu')).MoreMenu)

const finished = { issue: invoices.issued, send: invoices.sent, void: invoices.voided }

type Props = { invoice: Invoice; mayWrite: boolean; onEdit: () => void }

export function Actions({ invoice, mayWrite, onEdit }: Props) {
  const [asked, setAsked] = useState<InvoiceAction | 'delete' | 'pay' | null>(null)
  const action = useInvoiceAction(invoice)
  const navigate = useNavigate()
  const close = () => setAsked(null)
  const name = invoice.number ?? drafts.deleteName(invoice.client_name)

  async function run(what: InvoiceAction) {
    try {
      await action.mutateAsync(what)
      notifyDone(finished[what](name))
    } catch (error) {
      notifyError(error)
    }
    close()
  }

  return (
    <>
      <PdfButton invoice={invoice} />
      {mayWrite && <StateActions invoice={invoice} onEdit={onEdit} onAsk={setAsked} />}
      <MoreMenu invoice={invoice} mayWrite={mayWrite} onAsk={setAsked} />
      {(asked === 'issue' || asked === 'send') && (
        <ConfirmDialog
          {...invoices.confirm[asked]}
          action={invoices[asked]}
          busy={action.isPending}
          onConfirm={() => run(asked)}
          onClose={close}
        >
          {asked === 'issue' && <DraftChanges invoice={invoice} />}
          {asked === 'send' && <Recipients clientId={invoice.client_id} />}
        </ConfirmDialog>
      )}
      {asked === 'void' && (
        <VoidDialog invoice={invoice} busy={action.isPending} onConfirm={() => run('void')} onClose={close} />
      )}
      {asked === 'delete' && (
        <DeleteDialog
          name={name}
          text={drafts.deleteText}
          remove={() => deleteDraft(invoice)}
          onGone={() => navigate({ to: '/invoices' })}
          onClose={close}
        />
      )}
      {asked === 'pay' && <RecordPayment invoice={invoice} onClose={close} />}
    </>
  )
}

type StateProps = {
  invoice: Invoice
  onEdit: () => void
  onAsk: (what: 'issue' | 'send' | 'pay') => void
}

/** The buttons of this state; issuing a draft that cannot be issued says why. */
function StateActions({ invoice, onEdit, onAsk }: StateProps) {
  if (invoice.status === 'draft') {
    const refused = invoice.lines.length === 0 ? invoices.cannotIssue.empty : null
    return (
      <>
        <Button
          variant="default"
          leftSection={<IconPencil aria-hidden size={15} stroke={1.7} />}
          onClick={onEdit}
        >
          {drafts.edit}
        </Button>
        <Tip label={refused} disabled={refused === null}>
          <Button
            data-disabled={refused !== null || undefined}
            aria-disabled={refused !== null}
            onClick={() => refused === null && onAsk('issue')}
          >
            {invoices.issue}
          </Button>
        </Tip>
      </>
    )
  }
  if (invoice.status === 'void') return null
  return (
    <>
      <Button variant="default" onClick={() => onAsk('send')}>
        {invoices.send}
      </Button>
      {isOpen(invoice) && (
        <Button leftSection={<IconCash aria-hidden size={16} stroke={1.7} />} onClick={() => onAsk('pay')}>
          {payments.record}
        </Button>
      )}
    </>
  )
}
