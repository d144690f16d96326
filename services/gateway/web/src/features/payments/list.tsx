import { Button } from '@mantine/core'
import { IconCash } from '@tabler/icons-react'
import { useState } from 'react'
import { clientFilter } from '@/features/clients/clientFilter'
import { payments } from '@/shared/i18n/en/invoices'
import { paymentPages as words } from '@/shared/i18n/en/paymentPages'
import { ExportButton } from '@/shared/importing/ExportButton'
import { lazyPart } from '@/shared/lazyPart'
import { formatMoney } from '@/shared/money'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { DataTable } from '@/shared/table/DataTable'
import { DayFilter } from '@/shared/table/FilterField'
import type { Filter } from '@/shared/table/types'
import { paymentColumns } from './columns'
import { fetchPayments, type Payment, paymentsKey } from './queries'

const RecordAny = lazyPart(async () => (await import('./record')).RecordAny)

const { fields, credit } = words
const filters: Filter[] = [
  {
    key: 'method',
    label: fields.method,
    options: Object.entries(payments.methods).map(([value, label]) => ({ value, label })),
  },
  {
    key: 'has_credit',
    label: credit.label,
    options: [
      { value: 'true', label: credit.yes },
      { value: 'false', label: credit.no },
    ],
  },
  clientFilter,
  { key: 'received_on_gte', label: fields.from, Field: DayFilter },
  { key: 'received_on_lte', label: fields.until, Field: DayFilter },
]
const EXPORTED = ['q', 'sort', ...filters.map((filter) => filter.key)]
const nameOf = (payment: Payment) => words.titleOf(formatMoney(payment.amount, payment.currency ?? 'USD'))

export function PaymentList() {
  const mayWrite = useMay('invoices.write')
  const [recording, setRecording] = useState(false)
  const record = mayWrite && (
    <Button leftSection={<IconCash aria-hidden size={15} />} onClick={() => setRecording(true)}>
      {payments.record}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.title}>
        <ExportButton url="/api/v1/payments/export" keys={EXPORTED} />
        {record}
      </PageHeader>
      <DataTable
        label={words.title}
        queryKey={paymentsKey}
        fetchPage={fetchPayments}
        columns={paymentColumns}
        rowName={nameOf}
        defaultSort="-received_on"
        searchLabel={words.search}
        filters={filters}
        empty={{ ...words.empty, action: record || undefined }}
      />
      {recording && <RecordAny onClose={() => setRecording(false)} />}
    </>
  )
}
