/** Rates agreed for a time to come, or until a day. */
import { ActionIcon, Badge, Button, Group, Text, TextInput, Tooltip } from '@mantine/core'
import { IconCalendarPlus, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDate } from '@/shared/dates'
import { FormDialog } from '@/shared/form/FormDialog'
import { NumberField } from '@/shared/form/NumberField'
import { useApiForm } from '@/shared/form/useApiForm'
import { scheduled as words } from '@/shared/i18n/en/rates'
import { formatRate } from '@/shared/money'
import { notifyDone, notifyError } from '@/shared/notify'
import { numberProblem, readOptional } from '@/shared/numbers'
import { cancelScheduledRate, type ScheduledRate, scheduledRatesQuery, scheduleRate } from './acrossQueries'
import type { CardClient } from './cardClient'
import { type ClientService, refreshCard } from './queries'

type Props = { client: CardClient; row: ClientService; readOnly: boolean }

export function ScheduledRates({ client, row, readOnly }: Props) {
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const { data } = useQuery(scheduledRatesQuery(client.id, row.id))
  const standing = (data?.items ?? []).filter((one) => one.status === 'scheduled' || one.status === 'running')
  if (readOnly && standing.length === 0) return null

  async function cancel(one: ScheduledRate) {
    try {
      await cancelScheduledRate(row, one.id)
      await refreshCard(queries, client.id)
      notifyDone(words.canceled(row.name))
    } catch (error) {
      notifyError(error)
    }
  }

  return (
    <section aria-label={words.title}>
      <Group justify="space-between">
        <Text component="h3" size="sm" fw={570}>
          {words.title}
        </Text>
        {!readOnly && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconCalendarPlus aria-hidden size={14} />}
            onClick={() => setAdding(true)}
          >
            {words.add}
          </Button>
        )}
      </Group>
      {standing.map((one) => (
        <Group key={one.id} gap={6} wrap="nowrap" justify="space-between">
          <Text size="sm">
            {one.custom_rate === null
              ? words.toDefault
              : formatRate(one.custom_rate, client.currency, row.unit)}{' '}
            {words.span(formatDate(one.valid_from), one.valid_until && formatDate(one.valid_until))}
            {one.reason && ` · ${one.reason}`}
          </Text>
          {one.status === 'running' ? (
            <Badge>{words.running}</Badge>
          ) : (
            !readOnly && (
              <Tooltip label={words.cancel} openDelay={300}>
                <ActionIcon
                  aria-label={words.cancelOf(formatDate(one.valid_from))}
                  onClick={() => cancel(one)}
                >
                  <IconX size={15} />
                </ActionIcon>
              </Tooltip>
            )
          )}
        </Group>
      ))}
      {adding && <ScheduleForm client={client} row={row} onClose={() => setAdding(false)} />}
    </section>
  )
}

function ScheduleForm({ client, row, onClose }: Omit<Props, 'readOnly'> & { onClose: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { custom_rate: '', valid_from: '', valid_until: '', reason: '' },
    validate: {
      custom_rate: (rate) =>
        numberProblem(rate, { kind: 'money', currency: client.currency, min: '0', optional: true }),
      valid_from: (day) => (day ? null : words.chooseDay),
    },
  })

  async function save() {
    const done = await submit((values) =>
      scheduleRate(row, {
        custom_rate: readOptional(values.custom_rate),
        valid_from: values.valid_from,
        valid_until: values.valid_until || null,
        reason: values.reason || null,
      }),
    )
    if (!done) return
    await refreshCard(queries, client.id)
    notifyDone(words.added(row.name))
    onClose()
  }

  return (
    <FormDialog
      title={words.addTitle(row.name)}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onClose={onClose}
    >
      <NumberField
        kind="money"
        currency={client.currency}
        unit={row.unit}
        label={words.rate(client.currency)}
        placeholder={row.is_custom ? undefined : words.blankIsDefault}
        data-autofocus
        {...form.getInputProps('custom_rate')}
      />
      <Group grow align="flex-start">
        <TextInput type="date" required label={words.from} {...form.getInputProps('valid_from')} />
        <TextInput
          type="date"
          label={words.until}
          description={words.untilHint}
          {...form.getInputProps('valid_until')}
        />
      </Group>
      <TextInput label={words.reason} {...form.getInputProps('reason')} />
    </FormDialog>
  )
}
