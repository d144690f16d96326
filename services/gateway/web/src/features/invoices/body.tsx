/** What an invoice says: whom, when, what for, how much. Staff and clients see the same. */
import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatDate } from '@/shared/dates'
import { invoices } from '@/shared/i18n/en/invoices'
import { formatMoney } from '@/shared/money'
import { Due } from './columns'
import classes from './invoice.module.css'
import { Lines } from './lines'
import { Parties } from './parties'
import type { Invoice } from './queries'
import { Totals } from './totals'

const { fields } = invoices

export function InvoiceBody({ invoice, client }: { invoice: Invoice; client: ReactNode }) {
  return (
    <Paper component="section" aria-label={invoice.number ?? invoices.draft} className={classes.sheet}>
      <dl className={classes.head}>
        <Fact label={fields.client}>{client}</Fact>
        <Fact label={fields.issued_on}>{formatDate(invoice.issued_on)}</Fact>
        <Fact label={fields.due_on}>
          <Due invoice={invoice} />
        </Fact>
        <Fact label={fields.total}>{formatMoney(invoice.total, invoice.currency)}</Fact>
        <Fact label={fields.balance}>
          <strong className={classes.balance}>{formatMoney(invoice.balance, invoice.currency)}</strong>
        </Fact>
      </dl>
      <Parties invoice={invoice} />
      <Lines invoice={invoice} />
      <Totals invoice={invoice} />
    </Paper>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="num">{children}</dd>
    </div>
  )
}
