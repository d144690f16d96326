/** One payment: what it was for, what it pays now, and what it paid before. */
import { Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Crumbs } from '@/shared/Crumbs'
import { formatDate, formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { payments } from '@/shared/i18n/en/invoices'
import { paymentPages as words } from '@/shared/i18n/en/paymentPages'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { formatMoney, isZero } from '@/shared/money'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { Tip } from '@/shared/Tip'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import { type PaymentDetail, paymentQuery } from './queries'

const UnapplyDialog = lazyPart(async () => (await import('./unapply')).UnapplyDialog)
const ApplyCredit = lazyPart(async () => (await import('./applyCredit')).ApplyCredit)

const { fields } = words
type Part = PaymentDetail['history'][number]

export function PaymentPage() {
  const { paymentId } = useParams({ from: '/frame/payments/$paymentId' })
  const query = useQuery(paymentQuery(paymentId))
  const mayWrite = useMay('invoices.write')
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  const payment = query.data
  const currency = payment.currency ?? 'USD'
  return (
    <>
      <PageHeader
        title={words.titleOf(formatMoney(payment.amount, currency))}
        above={<Crumbs to="/payments" label={words.title} />}
      >
        {mayWrite && <Actions payment={payment} />}
      </PageHeader>
      <Stack gap="md">
        <Section title={words.one}>
          <Facts
            facts={[
              [
                fields.client,
                <TextLink
                  key="client"
                  to="/clients/$clientId"
                  params={{ clientId: payment.client_id }}
                  fz="sm"
                >
                  {payment.client_name ?? payment.client_id}
                </TextLink>,
              ],
              [fields.received_on, formatDate(payment.received_on)],
              [fields.method, payments.methods[payment.method] ?? payment.method],
              [fields.reference, payment.reference],
              [fields.amount, formatMoney(payment.amount, currency)],
              [fields.unallocated, formatMoney(payment.unallocated, currency)],
              [fields.recorded, formatInstant(payment.created_at)],
            ]}
          />
        </Section>
        <Allocations payment={payment} currency={currency} />
      </Stack>
    </>
  )
}

function Actions({ payment }: { payment: PaymentDetail }) {
  const [open, setOpen] = useState<'apply' | 'unapply' | null>(null)
  const live = payment.history.filter((part) => part.reversed_at === null)
  const used = isZero(payment.unallocated)
  const close = () => setOpen(null)
  return (
    <>
      <Tip label={words.unapply.none} disabled={live.length > 0}>
        <Button
          variant="default"
          data-disabled={live.length === 0 || undefined}
          aria-disabled={live.length === 0}
          onClick={() => live.length > 0 && setOpen('unapply')}
        >
          {words.unapply.action}
        </Button>
      </Tip>
      <Tip label={words.apply.used} disabled={!used}>
        <Button
          data-disabled={used || undefined}
          aria-disabled={used}
          onClick={() => !used && setOpen('apply')}
        >
          {words.apply.action}
        </Button>
      </Tip>
      {open === 'apply' && <ApplyCredit payment={payment} onClose={close} />}
      {open === 'unapply' && (
        <UnapplyDialog
          payment={{ id: payment.id, amount: payment.amount, currency: payment.currency ?? 'USD' }}
          invoices={live.length}
          onClose={close}
        />
      )}
    </>
  )
}

function Allocations({ payment, currency }: { payment: PaymentDetail; currency: string }) {
  const columns: SmallColumn<Part>[] = [
    {
      header: fields.invoice,
      cell: (part) => (
        <TextLink to="/invoices/$invoiceId" params={{ invoiceId: part.invoice_id }} className="num" fz="sm">
          {part.invoice_number}
        </TextLink>
      ),
    },
    { header: fields.applied, cell: (part) => <span className="num">{formatInstant(part.created_at)}</span> },
    { header: fields.amount, align: 'right', cell: (part) => formatMoney(part.amount, currency) },
  ]
  const unapplied: SmallColumn<Part> = {
    header: fields.unapplied,
    cell: (part) => <span className="num">{formatInstant(part.reversed_at)}</span>,
  }
  const live = payment.history.filter((part) => part.reversed_at === null)
  const past = payment.history.filter((part) => part.reversed_at !== null)
  const key = (part: Part) => `${part.invoice_id} ${part.created_at}`
  return (
    <>
      <Section title={words.allocations} flush>
        {live.length === 0 ? (
          <Text size="sm" c="dimmed" px="md" pb="md">
            {words.noAllocation}
          </Text>
        ) : (
          <SmallTable label={words.allocations} columns={columns} rows={live} rowKey={key} />
        )}
      </Section>
      {past.length > 0 && (
        <Section title={words.past} flush>
          <SmallTable
            label={words.past}
            columns={[...columns.slice(0, 2), unapplied, ...columns.slice(2)]}
            rows={past}
            rowKey={key}
          />
        </Section>
      )}
    </>
  )
}
