/** What the whole list comes to, per currency: summed up by the server, for all rows that match. */
import { Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { invoices } from '@/shared/i18n/en/invoices'
import { formatMoney } from '@/shared/money'
import { totalsQuery } from './queries'
import classes from './totalsRow.module.css'

const words = invoices.sums

export function TotalsRow({ question }: { question: Record<string, string> }) {
  const { data } = useQuery({ ...totalsQuery(question), placeholderData: keepPreviousData })
  if (!data || data.items.length === 0) return null
  return (
    <section className={classes.totals} aria-label={words.region}>
      {data.items.map((sums) => (
        <div key={sums.currency} className={classes.row}>
          <Text span size="xs" c="dimmed" className={classes.label}>
            {words.label(sums.count, sums.currency)}
            {sums.void_count > 0 && ` (${words.void(sums.void_count)})`}
          </Text>
          <dl>
            <Sum label={words.total} amount={sums.total} currency={sums.currency} />
            <Sum label={words.paid} amount={sums.amount_paid} currency={sums.currency} />
            <Sum label={words.balance} amount={sums.balance} currency={sums.currency} />
          </dl>
        </div>
      ))}
    </section>
  )
}

type SumProps = { label: string; amount: string; currency: string }

function Sum({ label, amount, currency }: SumProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="num">{formatMoney(amount, currency)}</dd>
    </div>
  )
}
