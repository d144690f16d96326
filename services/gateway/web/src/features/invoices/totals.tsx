import { invoices } from '@/shared/i18n/en/invoices'
import { formatMoney } from '@/shared/money'
import classes from './invoice.module.css'
import type { Invoice } from './queries'
import { taxLabel } from './taxes'

const { fields } = invoices

/** Sums as the server made them; nothing is added up here. */
export function Totals({ invoice }: { invoice: Invoice }) {
  const money = (amount: string) => formatMoney(amount, invoice.currency)
  const rows = invoice.taxes.map((tax) => [taxLabel(tax, invoice), money(tax.amount)] as const)
  return (
    <dl className={classes.totals}>
      <div>
        <dt>{fields.subtotal}</dt>
        <dd>{money(invoice.subtotal)}</dd>
      </div>
      {rows.map(([label, amount]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{amount}</dd>
        </div>
      ))}
      <div data-strong>
        <dt>{fields.total}</dt>
        <dd>{money(invoice.total)}</dd>
      </div>
      <div>
        <dt>{fields.balance}</dt>
        <dd>{money(invoice.balance)}</dd>
      </div>
      {invoice.tax_exemptions.map((reason) => (
        <div key={reason}>
          <dt>{invoices.taxed.exempt(reason)}</dt>
          <dd />
        </div>
      ))}
    </dl>
  )
}
