/** A technician's week, day by day; days of work without time stand out. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { TimeSections } from '@/features/timeApprovals/sections'
import { UserFilterField } from '@/features/users/userFilter'
import { daysLater, formatDate, formatWeekday, today } from '@/shared/dates'
import { timeSheets as words } from '@/shared/i18n/en/timeSheets'
import { formatQuantity } from '@/shared/money'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { Entries } from './entries'
import { type SheetDay, sheetQuery, type TimeSheet } from './queries'

const WEEK = 7

export function TimeSheetPage() {
  const { week = today(), technician_id } = useSearch({ strict: false }) as {
    week?: string
    technician_id?: string
  }
  const navigate = useNavigate()
  const mayChoose = useMay('users.manage')
  const query = useQuery(sheetQuery(week, technician_id))
  const show = (change: { week?: string; technician_id?: string }) =>
    navigate({ to: '.', search: { week, technician_id, ...change } as never, replace: true })
  return (
    <>
      <PageHeader title={words.title}>
        {mayChoose && (
          <UserFilterField
            label={words.technician}
            value={technician_id ?? ''}
            nobody={words.mine}
            onChange={(id) => show({ technician_id: id || undefined })}
          />
        )}
      </PageHeader>
      <TimeSections />
      <Group gap="xs" mb="md">
        <Button
          variant="default"
          leftSection={<IconChevronLeft aria-hidden size={14} />}
          onClick={() => show({ week: daysLater(week, -WEEK) })}
        >
          {words.before}
        </Button>
        <Button variant="default" onClick={() => show({ week: undefined })}>
          {words.thisWeek}
        </Button>
        <Button
          variant="default"
          rightSection={<IconChevronRight aria-hidden size={14} />}
          onClick={() => show({ week: daysLater(week, WEEK) })}
        >
          {words.after}
        </Button>
      </Group>
      {query.isPending ? (
        <PageSkeleton />
      ) : query.data ? (
        <Week sheet={query.data} />
      ) : (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      )}
    </>
  )
}

function Week({ sheet }: { sheet: TimeSheet }) {
  return (
    <Stack gap="md">
      <Text>
        {words.week(formatDate(sheet.first_day), formatDate(sheet.last_day))} ·{' '}
        <strong>{words.total(formatQuantity(sheet.hours), formatQuantity(sheet.billed_hours))}</strong>
      </Text>
      {sheet.days.map((day, at) => (
        <Day key={day.day} day={day} workday={at < 5} />
      ))}
    </Stack>
  )
}

function Day({ day, workday }: { day: SheetDay; workday: boolean }) {
  const title = `${formatWeekday(day.day)}, ${formatDate(day.day)}`
  const empty = day.entries.length === 0
  if (empty && !workday) return null
  return (
    <Section
      title={title}
      flush
      action={
        !empty && (
          <Text fw={600} className="num">
            {words.hours(formatQuantity(day.hours))}
          </Text>
        )
      }
    >
      {empty ? (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {day.day > today() ? words.later : words.gap}
        </Text>
      ) : (
        <Entries label={title} entries={day.entries} />
      )}
    </Section>
  )
}
