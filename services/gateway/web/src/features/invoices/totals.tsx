import { invoices } from '@/shared/i18n/en/invoices'
import { formatMoney, formatQuantity } from '@/shared/money'
import classes from './invoice.module.css'
import type { Invoice } from './queries'

const { fields } = invoices

/** Sums as the server made them; nothing is added up here. */
export function Totals({ invoice }: { invoice: Invoice }) {
  const money = (amount: string) => formatMoney(amount, invoice.currency)
  return (
    <dl className={classes.totals}>
      <div>
        <dt>{fields.subtotal}</dt>
        <dd>{money(invoice.subtotal)}</dd>
      </div>
      {invoice.taxes.map((tax) => (
        <div key={`${tax.name} ${tax.rate_percent}`}>
          <dt>{taxName(tax.name, formatQuantity(tax.rate_percent))}</dt>
          <dd>{money(tax.amount)}</dd>
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
    </dl>
  )
}

/** "GST (5%)", but not "Tax 9.975 % (9.975%)". */
function taxName(name: string, percent: string): string {
  return name.includes(percent) ? name : `${name} (${percent}%)`
}
