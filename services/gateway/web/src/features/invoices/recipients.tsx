import { useQuery } from '@tanstack/react-query'
import { clientQuery } from '@/features/clients/queries'
import { Facts } from '@/shared/Facts'
import { invoices } from '@/shared/i18n/en/invoices'

/** Who is about to get the mail: said before it is sent. */
export function Recipients({ clientId }: { clientId: string }) {
  const { data } = useQuery(clientQuery(clientId))
  if (!data) return null
  return (
    <Facts
      facts={[
        [invoices.confirm.send.to, data.invoice_email],
        [invoices.confirm.send.cc, data.billing_cc_emails.join(', ')],
      ]}
    />
  )
}
