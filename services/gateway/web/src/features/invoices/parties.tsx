/** Who bills whom, with the addresses that the invoice carries. */
import { invoices } from '@/shared/i18n/en/invoices'
import classes from './invoice.module.css'
import type { Invoice } from './queries'

export function Parties({ invoice }: { invoice: Invoice }) {
  const { seller, bill_to } = invoice
  return (
    <div className={classes.parties}>
      <Party label={invoices.billTo} name={bill_to.name}>
        {[bill_to.contact, ...(bill_to.address ?? []), bill_to.email, taxId(bill_to.tax_id)]}
      </Party>
      <Party label={invoices.from} name={seller.name}>
        {[...(seller.address ?? []), seller.email, taxId(seller.tax_id)]}
      </Party>
    </div>
  )
}

const taxId = (id?: string | null) => id && invoices.taxId(id)

type Props = { label: string; name?: string; children: (string | null | undefined)[] }

function Party({ label, name, children }: Props) {
  return (
    <div>
      <h2>{label}</h2>
      <address>
        <strong>{name}</strong>
        {children.filter(Boolean).map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of an address have no other key
          <span key={place}>{line}</span>
        ))}
      </address>
    </div>
  )
}
