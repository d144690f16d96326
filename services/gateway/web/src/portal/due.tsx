/** What the client owes, before anything else, and how to pay it. */
import { Paper, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { balanceQuery } from '@/features/clients/accountQueries'
import { portal } from '@/shared/i18n/en/portal'
import { formatMoney, isZero } from '@/shared/money'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import classes from './portal.module.css'

const words = portal.due

export function AmountDue({ clientId }: { clientId: string }) {
  const query = useQuery(balanceQuery(clientId))
  if (query.isPending) return <RowsSkeleton rows={2} />
  if (!query.data) return null
  const { by_currency, payment_instructions } = query.data
  const owed = by_currency.filter((row) => !isZero(row.outstanding))
  const credits = by_currency.filter((row) => !isZero(row.credit))
  return (
    <Paper component="section" aria-label={words.title} className={classes.due}>
      <div>
        <Text size="sm" c="dimmed">
          {words.title}
        </Text>
        {owed.length === 0 && <p className={classes.amount}>{words.nothing}</p>}
        {owed.map((row) => (
          <div key={row.currency}>
            <p className={classes.amount}>{formatMoney(row.outstanding, row.currency)}</p>
            {!isZero(row.overdue) && (
              <Text size="sm" c="var(--mantine-color-error)">
                {words.overdue(formatMoney(row.overdue, row.currency))}
              </Text>
            )}
          </div>
        ))}
        {credits.map((row) => (
          <Text key={row.currency} size="sm" c="dimmed">
            {words.credit(formatMoney(row.credit, row.currency))}
          </Text>
        ))}
      </div>
      {owed.length > 0 && payment_instructions.length > 0 && (
        <div>
          <Text size="sm" c="dimmed">
            {words.how}
          </Text>
          <Text size="sm" className={classes.how}>
            {payment_instructions.join('\n')}
          </Text>
        </div>
      )}
    </Paper>
  )
}
