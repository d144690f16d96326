import { Text } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { dashboard } from '@/shared/i18n/en/dashboard'
import { TextLink } from '@/shared/Link'
import { Section } from '@/shared/Section'
import classes from './dashboard.module.css'
import type { Dashboard } from './queries'

const icons: Record<string, typeof IconInfoCircle> = {
  critical: IconAlertCircle,
  error: IconAlertCircle,
  warning: IconAlertTriangle,
}

export function Alerts({ alerts }: { alerts: Dashboard['alerts'] }) {
  return (
    <Section title={dashboard.alerts} flush>
      {alerts.length === 0 ? (
        <Text c="dimmed" px="md" pb="md" size="sm">
          {dashboard.noAlerts}
        </Text>
      ) : (
        <ul className={classes.alerts}>
          {alerts.map((alert) => {
            const Icon = icons[alert.severity] ?? IconInfoCircle
            return (
              <li key={`${alert.kind} ${alert.title}`} data-severity={alert.severity}>
                <Icon aria-hidden size={17} stroke={1.7} />
                {alert.href ? (
                  <TextLink to={alert.href as '/'} c="inherit">
                    {alert.title}
                  </TextLink>
                ) : (
                  alert.title
                )}
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}
