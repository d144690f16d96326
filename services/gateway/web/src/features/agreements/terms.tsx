/** What was agreed from which day on: the amendments, and the terms of any day. */
import { Badge, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDate, formatInstant, laterOf, today } from '@/shared/dates'
import { agreements } from '@/shared/i18n/en/agreements'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { type Agreement, type Amendment, amendmentsQuery, termsOnQuery } from './queries'
import { TermsOn } from './termsOn'
import { changeText } from './termTexts'
import classes from './texts.module.css'

const words = agreements.history

export function Terms({ agreement }: { agreement: Agreement }) {
  const query = useQuery(amendmentsQuery(agreement.id))
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  return (
    <div className={classes.columns}>
      <Section title={words.title}>
        {query.isPending ? (
          <RowsSkeleton rows={3} />
        ) : (
          <ol className={classes.amendments}>
            {query.data.items.map((one) => (
              <Entry key={one.id} amendment={one} currency={agreement.currency ?? 'USD'} />
            ))}
          </ol>
        )}
      </Section>
      <OnDay agreement={agreement} />
    </div>
  )
}

function Entry({ amendment, currency }: { amendment: Amendment; currency: string }) {
  const { changes, reason } = amendment
  return (
    <li>
      <Group gap="xs">
        <Text size="sm" fw={570}>
          {span(amendment)}
        </Text>
        {amendment.last_day === null && <Badge variant="light">{words.present}</Badge>}
      </Group>
      {reason && <Text size="sm">{reason}</Text>}
      {changes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.first}
        </Text>
      ) : (
        <ul className={classes.changes}>
          {changes.map((change) => (
            <li key={`${change.client_service_id} ${change.field}`}>{changeText(change, currency)}</li>
          ))}
        </ul>
      )}
      <Text size="xs" c="dimmed">
        {words.by(amendment.actor_name, formatInstant(amendment.created_at))}
      </Text>
    </li>
  )
}

function span({ from_day, last_day }: Amendment): string {
  if (last_day === null) return words.from(formatDate(from_day))
  if (last_day < from_day) return words.sameDay(formatDate(from_day))
  return words.fromTo(formatDate(from_day), formatDate(last_day))
}

function OnDay({ agreement }: { agreement: Agreement }) {
  const [day, setDay] = useState(() => laterOf(agreement.start_date, today()))
  const query = useQuery(termsOnQuery(agreement.id, day || null))
  return (
    <Section title={words.on}>
      <Stack gap="sm">
        <TextInput
          type="date"
          label={words.day}
          min={agreement.start_date}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        {query.error ? (
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        ) : query.data ? (
          <TermsOn terms={query.data} replaced={query.data.terms_from !== agreement.terms_from} />
        ) : (
          <RowsSkeleton rows={4} />
        )}
      </Stack>
    </Section>
  )
}
