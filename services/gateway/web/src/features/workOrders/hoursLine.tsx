/** "Rate: $125.00/hr | Hours Remaining: 45 of 60 (75%)": the rate only for those who may see money. */
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { formatPercent, formatQuantity, formatRate } from '@/shared/money'
import type { ServiceChoice } from './queries'
import classes from './work.module.css'

const { cost } = words

export function HoursLine({ service, currency }: { service: ServiceChoice; currency: string }) {
  const rate = service.rate !== null && cost.rate(formatRate(service.rate, currency, service.unit))
  const hours = service.remaining_hours !== null && service.total_hours !== null && (
    <HoursLeft level={service.remaining_level}>
      {cost.remaining(
        formatQuantity(service.remaining_hours),
        formatQuantity(service.total_hours),
        formatPercent(service.remaining_percent ?? '0'),
      )}
    </HoursLeft>
  )
  if (!rate && !hours) return null
  return (
    <p className={classes.line} data-hours-line>
      {rate}
      {rate && hours && ' | '}
      {hours}
    </p>
  )
}

/** Hours by their level: green, yellow or red, with its name for those who cannot see the color. */
export function HoursLeft({ level, children }: { level: string | null; children: string }) {
  return (
    <span
      className={classes.level}
      data-level={level ?? undefined}
      title={level ? cost.level[level] : undefined}
    >
      {children}
    </span>
  )
}
