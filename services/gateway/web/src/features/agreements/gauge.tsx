/** Hours left, as a number and a bar whose color repeats what the number says. */
import { agreements as words } from '@/shared/i18n/en/agreements'
import { formatPercent, formatQuantity } from '@/shared/money'
import classes from './gauge.module.css'
import type { Agreement } from './queries'

type Hours = Pick<Agreement, 'hours_remaining' | 'remaining_percent' | 'remaining_level'>

export function HoursLeft({ hours }: { hours: Hours }) {
  if (hours.hours_remaining === null || hours.remaining_percent === null) return '—'
  return (
    <div className="num">
      {words.left(formatQuantity(hours.hours_remaining), formatPercent(hours.remaining_percent))}
      <Bar hours={hours} />
    </div>
  )
}

export function Gauge({ hours, total }: { hours: Hours; total: string }) {
  if (hours.hours_remaining === null || hours.remaining_percent === null) return null
  return (
    <>
      <div className={classes.figure}>
        {words.gauge.of(
          formatQuantity(hours.hours_remaining),
          formatQuantity(total),
          formatPercent(hours.remaining_percent),
        )}
      </div>
      <Bar hours={hours} large />
    </>
  )
}

function Bar({ hours, large }: { hours: Hours; large?: boolean }) {
  return (
    <div
      aria-hidden
      className={large ? `${classes.bar} ${classes.large}` : classes.bar}
      data-level={hours.remaining_level}
    >
      <div style={{ width: `clamp(0%, ${hours.remaining_percent}%, 100%)` }} />
    </div>
  )
}
