/** What a bundle comes to, as the server worked it out. */
import { Alert, Text } from '@mantine/core'
import { Facts } from '@/shared/Facts'
import { bundles as words } from '@/shared/i18n/en/catalogParts'
import { formatMoney, formatPercent } from '@/shared/money'
import { errorText } from '@/shared/notify'
import { Section } from '@/shared/Section'
import type { Bundle } from './queries'

const { fields } = words

type Sums = Pick<Bundle, 'list_price' | 'price' | 'cost' | 'margin' | 'margin_percent' | 'currency'>

export function shownMargin({ margin, margin_percent, currency }: Sums): string {
  if (margin === null) return '—'
  const percent = margin_percent === null ? '' : ` (${formatPercent(margin_percent)})`
  return formatMoney(margin, currency) + percent
}

export function Totals({ sums, error, busy }: { sums: Sums | undefined; error: unknown; busy: boolean }) {
  return (
    <Section title={words.totals}>
      <div aria-live="polite" aria-busy={busy}>
        {sums ? (
          <>
            <Text fz="1.625rem" fw={640} lh={1.2} className="num">
              {formatMoney(sums.price, sums.currency)}
            </Text>
            <Text size="xs" c="dimmed" mb="sm">
              {fields.price}
            </Text>
            <Facts
              facts={[
                [fields.list_price, formatMoney(sums.list_price, sums.currency)],
                [fields.cost, formatMoney(sums.cost, sums.currency)],
                [fields.margin, shownMargin(sums)],
              ]}
            />
          </>
        ) : (
          <Text size="sm" c="dimmed">
            {words.none}
          </Text>
        )}
        {error !== null && (
          <Alert color="orange" mt="sm" py={8}>
            {errorText(error)}
          </Alert>
        )}
      </div>
    </Section>
  )
}
