/** Taxes in words: what an invoice's page says of them, as its PDF does. */
import { invoices } from '@/shared/i18n/en/invoices'
import { formatMoney, formatQuantity } from '@/shared/money'
import type { Invoice, InvoiceLine } from './queries'

type AppliedTax = Invoice['taxes'][number]

const { taxed } = invoices

/** "GST (5%) on $100.00": what it was charged on is said where that is not the subtotal. */
export function taxLabel(tax: AppliedTax, invoice: Pick<Invoice, 'subtotal' | 'currency'>): string {
  const name = taxName(tax.name, tax.rate_percent)
  const based = tax.base === invoice.subtotal ? name : taxed.on(name, formatMoney(tax.base, invoice.currency))
  return tax.inclusive ? taxed.included(based) : based
}

/** For each line how it is taxed; nothing when all lines are taxed alike. */
export function lineTaxes(
  lines: readonly Pick<InvoiceLine, 'taxes' | 'tax_exempt_reason'>[],
): (string | null)[] {
  const each = lines.map((line) => {
    const names = line.taxes.map((tax) => taxName(tax.name, tax.rate_percent))
    if (names.length > 0) return taxed.by(names.join(', '))
    return line.tax_exempt_reason ? taxed.exempt(line.tax_exempt_reason) : taxed.not
  })
  return new Set(each).size > 1 ? each : each.map(() => null)
}

/** "GST (5%)" and "Zone 5 levy (5%)", but not "Tax 9.975 % (9.975%)". */
function taxName(name: string, rate: string): string {
  const percent = formatQuantity(rate)
  const said = [...name.matchAll(/([\d.]+)\s*%/g)].some((match) => match[1] === percent)
  return said ? name : `${name} (${percent}%)`
}
