import { Box } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { agreements } from '@/shared/i18n/en/agreements'
import { formatMoney } from '@/shared/money'
import { Tiles } from '@/shared/Tiles'
import { statisticsQuery } from './queries'

const words = agreements.statistics

/** Counts above the list; each leads to the rows it counts. */
export function StatisticsTiles() {
  const found = useQuery(statisticsQuery).data
  const count = (value: number | undefined) => value?.toLocaleString('en-US') ?? '…'
  return (
    <Box component="section" aria-label={words.label} mb="md">
      <Tiles
        tiles={[
          { label: words.active, figure: count(found?.active), href: '/agreements?status=active' },
          {
            label: words.ending,
            figure: count(found?.ending_in_30_days),
            href: '/agreements?ends_within_days=30',
          },
          {
            label: words.low,
            figure: count(found?.low_on_hours),
            href: '/agreements?low_on_hours=true',
            urgent: (found?.low_on_hours ?? 0) > 0,
          },
          { label: words.draft, figure: count(found?.draft), href: '/agreements?status=draft' },
          { label: words.suspended, figure: count(found?.suspended), href: '/agreements?status=suspended' },
          ...(found?.recurring ?? []).map(({ currency, monthly_amount }) => ({
            label: words.recurring(currency),
            figure: formatMoney(monthly_amount, currency),
          })),
        ]}
      />
    </Box>
  )
}
