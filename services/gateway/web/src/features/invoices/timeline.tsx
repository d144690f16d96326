/** What happened to an invoice: made, issued, mailed to whom and whether it arrived, paid, voided. */
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { formatDate, formatInstant } from '@/shared/dates'
import { invoices, payments } from '@/shared/i18n/en/invoices'
import { TextLink } from '@/shared/Link'
import { formatMoney } from '@/shared/money'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { type Moment, momentsOf } from './moments'
import { activityQuery, factsQuery, type Invoice, mailsQuery } from './queries'
import classes from './timeline.module.css'

const words = invoices.timeline

export function Timeline({ invoice }: { invoice: Invoice }) {
  const mayMail = useMay('mail.read')
  const facts = useQuery(factsQuery(invoice))
  const activity = useQuery(activityQuery(invoice.id))
  const mails = useQuery({ ...mailsQuery(invoice.id), enabled: mayMail })
  if (!facts.data) return null
  const moments = momentsOf(facts.data.items, activity.data?.items ?? [], mails.data?.items ?? [])
  return (
    <Section title={words.title}>
      <ol className={classes.list}>
        {moments.map((moment) => (
          <li key={`${moment.kind} ${moment.id} ${moment.when}`} data-tone={moment.tone}>
            <span className={classes.when}>
              {moment.exact ? formatInstant(moment.when) : formatDate(moment.when)}
            </span>
            <span className={classes.what}>
              <Sentence moment={moment} currency={invoice.currency} />
              {moment.note && (
                <Text size="xs" c={moment.tone === 'bad' ? 'var(--mantine-color-error)' : 'dimmed'}>
                  {moment.note}
                </Text>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Sentence({ moment, currency }: { moment: Moment; currency: string }): ReactNode {
  const by = moment.by ? words.by(moment.by) : ''
  switch (moment.kind) {
    case 'mail':
      return (
        <TextLink to="/notifications/$notificationId" params={{ notificationId: moment.id }} fz="sm">
          {words.mails[moment.status ?? '']?.(moment.recipient || words.noAddress) ?? moment.recipient}
        </TextLink>
      )
    case 'payment_applied':
    case 'payment_unapplied':
      return (
        <>
          <TextLink to="/payments/$paymentId" params={{ paymentId: moment.id }} fz="sm">
            {words[moment.kind](formatMoney(moment.amount, currency))}
          </TextLink>
          <Text span size="xs" c="dimmed">
            {' '}
            {[payments.methods[moment.method ?? ''], moment.reference].filter(Boolean).join(' · ')}
          </Text>
        </>
      )
    case 'issued':
      return words.issued(formatMoney(moment.amount, currency)) + by
    default:
      return words[moment.kind] + by
  }
}
