/** A few invoices inside another page. */
import { Text } from '@mantine/core'
import { formatDate } from '@/shared/dates'
import { invoices as words } from '@/shared/i18n/en/invoices'
import { TextLink } from '@/shared/Link'
import { formatMoney } from '@/shared/money'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import type { InvoiceRow } from './queries'
import { InvoiceStatus } from './status'

const { fields } = words

const columns: SmallColumn<InvoiceRow>[] = [
  {
    header: fields.number,
    cell: (invoice) => (
      <TextLink to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }} className="num" fz="sm">
        {invoice.number ?? words.draft}
      </TextLink>
    ),
  },
  { header: fields.status, cell: (invoice) => <InvoiceStatus invoice={invoice} /> },
  {
    header: fields.issued_on,
    cell: (invoice) => <span className="num">{formatDate(invoice.issued_on)}</span>,
  },
  {
    header: fields.total,
    align: 'right',
    cell: (invoice) => formatMoney(invoice.total, invoice.currency),
  },
  {
    header: fields.balance,
    align: 'right',
    cell: (invoice) => formatMoney(invoice.balance, invoice.currency),
  },
]

const [number, ...others] = columns as [SmallColumn<InvoiceRow>, ...SmallColumn<InvoiceRow>[]]

/** On a phone the client stands under the number instead of beside it. */
const withClients: SmallColumn<InvoiceRow>[] = [
  {
    ...number,
    cell: (invoice) => (
      <>
        {number.cell(invoice)}
        <div>
          <Text size="xs" c="dimmed" hiddenFrom="sm">
            {invoice.client_name}
          </Text>
        </div>
      </>
    ),
  },
  { header: fields.client, cell: (invoice) => invoice.client_name },
  ...others,
]

type Props = { label: string; invoices: InvoiceRow[]; withClient?: boolean }

export function InvoiceRows({ label, invoices, withClient }: Props) {
  return (
    <SmallTable
      label={label}
      columns={withClient ? withClients : columns}
      rows={invoices}
      rowKey={(invoice) => invoice.id}
    />
  )
}
