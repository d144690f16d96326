/** What time will cost, as the server would save it: the split, the rate, the hours left, and why. */
import { Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { formatDate } from '@/shared/dates'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import {
  compareDecimals,
  formatMoney,
  formatPercent,
  formatQuantity,
  formatRate,
  isZero,
} from '@/shared/money'
import { errorText } from '@/shared/notify'
import { HoursLeft } from './hoursLine'
import type { Preview, SplitChange } from './queries'
import classes from './work.module.css'

const { cost: texts, checks: checkTexts } = words

type Props = { preview?: Preview; error: unknown; unit?: string }

export function Cost({ preview, error, unit }: Props) {
  return (
    <section className={classes.cost} aria-label={texts.title} aria-live="polite">
      <Text size="xs" fw={600}>
        {texts.title}
      </Text>
      {error ? (
        <Text size="sm" c="var(--mantine-color-error)">
          {errorText(error)}
        </Text>
      ) : preview ? (
        <Figures preview={preview} unit={unit} />
      ) : (
        <Text size="sm" c="dimmed">
          {texts.noHours}
        </Text>
      )}
    </section>
  )
}

function Figures({ preview, unit }: { preview: Preview; unit?: string }) {
  const rounded =
    compareDecimals(preview.worked_hours, preview.billed_hours) !== 0 && !isZero(preview.billed_hours)
  const source = preview.rate_source && texts.sources[preview.rate_source]
  const parts: [string, string][] = [
    [texts.covered, hours(preview.covered_hours)],
    ...(isZero(preview.overage_hours)
      ? []
      : [[texts.overage, hours(preview.overage_hours)] as [string, string]]),
    [texts.toBill, hours(preview.billable_hours)],
  ]
  if (preview.rate !== null) {
    const rate = formatRate(preview.rate, preview.currency, unit ?? 'Hour')
    parts.push([texts.rateLabel, source ? `${rate} (${source})` : rate])
    parts.push([texts.amount, formatMoney(preview.amount, preview.currency)])
  }
  return (
    <>
      <dl className={classes.figures}>
        {parts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {preview.remaining_hours !== null && preview.total_hours !== null && (
          <div>
            <dt>{texts.after}</dt>
            <dd>
              <HoursLeft level={preview.remaining_level}>
                {texts.ofTotal(
                  formatQuantity(preview.remaining_hours),
                  formatQuantity(preview.total_hours),
                  formatPercent(preview.remaining_percent ?? '0'),
                )}
              </HoursLeft>
            </dd>
          </div>
        )}
      </dl>
      {preview.sources && <Text size="xs">{preview.sources}</Text>}
      {rounded && (
        <Text size="xs">
          {texts.rounded(formatQuantity(preview.worked_hours), formatQuantity(preview.billed_hours))}
        </Text>
      )}
      {preview.warnings.map((warning) => (
        <Text key={warning} size="xs" c="var(--mantine-color-orange-light-color)">
          {warning}
        </Text>
      ))}
      <Checks checks={preview.checks} />
      <Changes changes={preview.changes} />
    </>
  )
}

/** Other time whose split changes, because the agreement draws hours by the day of work. */
export function Changes({ changes }: { changes: SplitChange[] }) {
  if (changes.length === 0) return null
  return (
    <section aria-label={texts.changes(changes.length)}>
      <Text size="xs" fw={600} mt="xs">
        {texts.changes(changes.length)}
      </Text>
      <ul className={classes.changes}>
        {changes.map((one) => (
          <li key={one.time_entry_id}>
            {texts.change(
              formatDate(one.worked_on),
              one.work_order_number,
              hours(one.billable_hours),
              hours(one.new_billable_hours),
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const hours = (value: string) => `${formatQuantity(value)} h`

/** Each condition of coverage, met or not. */
export function Checks({ checks }: { checks: Preview['checks'] }) {
  if (checks.length === 0) return null
  return (
    <ul className={classes.checks} aria-label={checkTexts.title}>
      {checks.map((one) => {
        const Icon = one.met ? IconCheck : IconX
        return (
          <li key={one.check} data-met={one.met}>
            <Icon size={13} aria-label={one.met ? checkTexts.met : checkTexts.unmet} />
            <span>
              {checkTexts.names[one.check] ?? one.check}: {one.detail}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
