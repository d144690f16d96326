import { Button } from '@mantine/core'
import { IconFileCheck, IconPlus, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import { drafts } from '@/shared/i18n/en/drafts'
import { invoiceRuns } from '@/shared/i18n/en/invoiceRuns'
import { invoices } from '@/shared/i18n/en/invoices'
import { ExportButton } from '@/shared/importing/ExportButton'
import { ButtonLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { DayFilter } from '@/shared/table/FilterField'
import type { BulkAction, Filter } from '@/shared/table/types'
import { invoiceColumns } from './columns'
import { actOn, fetchInvoices, type InvoiceSummary, invoicesKey } from './queries'
import { isOpen } from './status'
import { TotalsRow } from './totalsRow'

const NewInvoice = lazyPart(async () => (await import('./newInvoice')).NewInvoice)

const { fields } = invoices
const states = ['draft', 'open', 'overdue', 'issued', 'partially_paid', 'paid', 'void']

const filters: Filter[] = [
  {
    key: 'status',
    label: fields.status,
    options: states.map((value) => ({ value, label: invoices.filterStates[value]! })),
  },
  clientFilter,
  { key: 'issued_on_gte', label: invoices.period.from, Field: DayFilter },
  { key: 'issued_on_lte', label: invoices.period.until, Field: DayFilter },
]
const EXPORTED = ['q', 'sort', ...filters.map((filter) => filter.key)]

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
  const [adding, setAdding] = useState(false)
  const add = mayWrite && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setAdding(true)}>
      {drafts.new}
    </Button>
  )
  return (
    <>
      <PageHeader title={invoices.title}>
        <ExportButton url="/api/v1/invoices/export" keys={EXPORTED} />
        {mayWrite && (
          <ButtonLink to="/invoice-runs/new" variant="default">
            {invoiceRuns.start}
          </ButtonLink>
        )}
        {add}
      </PageHeader>
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
        summary={(question) => <TotalsRow question={question} />}
        empty={{ ...invoices.empty, action: add || undefined }}
      />
      {adding && <NewInvoice onClose={() => setAdding(false)} />}
    </>
  )
}
