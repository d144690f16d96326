/** The right column: what is agreed with this client for one service, and what its rate was before. */
import { Button, NativeSelect, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { NumberField } from '@/shared/form/NumberField'
import { rates } from '@/shared/i18n/en/rates'
import { formatQuantity, formatRate } from '@/shared/money'
import { readDecimal } from '@/shared/numbers'
import { useMay } from '@/shared/session/useUser'
import { SmallTable } from '@/shared/table/SmallTable'
import type { CardClient } from './cardClient'
import { type Draft, inState, isNew, rateProblem, type State, stateOf } from './draft'
import { type ClientService, historyQuery, type RateChange } from './queries'
import { ScheduledRates } from './scheduledRates'

type Props = {
  client: CardClient
  row: ClientService
  draft: Draft
  readOnly: boolean
  onEdit: (draft: Draft) => void
}

export function Details({ client, row, draft, readOnly, onEdit }: Props) {
  const mayMoney = useMay('money.read')
  const state = stateOf(draft)
  const states = (Object.keys(rates.states) as State[]).filter((one) => !row.is_custom || one !== 'override')
  const current = row.is_custom && state === 'override' ? 'included' : state
  const set = (change: Partial<Draft>) => onEdit({ ...draft, ...change })
  return (
    <Stack gap="sm">
      <div>
        <Text component="h2" fw={620} fz="1rem">
          {row.catalog_name ?? row.name}
        </Text>
        <Text size="sm" c="dimmed">
          {row.description}
        </Text>
      </div>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={rates.stateOf(row.name)}
        value={current}
        disabled={readOnly}
        data={states.map((value) => ({ value, label: rates.states[value] }))}
        onChange={(value) => onEdit(inState(row, draft, value as State))}
      />
      {mayMoney && <RateField client={client} row={row} draft={draft} readOnly={readOnly} onEdit={onEdit} />}
      {!row.is_custom && (
        <TextInput
          label={rates.fields.customName}
          placeholder={rates.fields.customNameHint}
          value={draft.name}
          disabled={readOnly || !draft.included}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      )}
      <Textarea
        label={rates.fields.description}
        autosize
        minRows={2}
        maxRows={6}
        value={draft.description}
        disabled={readOnly || !draft.included}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <NativeSelect
        label={rates.fields.importance}
        value={draft.importance}
        disabled={readOnly || !draft.included}
        data={Object.entries(rates.importance).map(([value, label]) => ({ value, label }))}
        onChange={(event) => set({ importance: event.currentTarget.value as Draft['importance'] })}
      />
      <Textarea
        label={rates.fields.notes}
        description={rates.fields.notesHint}
        autosize
        minRows={2}
        maxRows={8}
        value={draft.notes}
        disabled={readOnly || !draft.included}
        onChange={(event) => set({ notes: event.currentTarget.value })}
      />
      {mayMoney && !isNew(row) && <ScheduledRates client={client} row={row} readOnly={readOnly} />}
      {mayMoney && !isNew(row) && <History client={client} row={row} />}
    </Stack>
  )
}

function RateField({ client, row, draft, readOnly, onEdit }: Props) {
  const problem = rateProblem(row, draft, client.currency)
  const rate = problem ? null : readDecimal(draft.rate)
  const shown = (rate: string | null) => formatRate(rate, client.currency, row.unit)
  const typed = draft.rate.trim() !== ''
  const facts: [string, string | null][] = row.is_custom ? [] : [[rates.default, shown(row.default_rate)]]
  if (row.minimum_hours) facts.push([rates.minimumHours, formatQuantity(row.minimum_hours)])
  return (
    <>
      {facts.length > 0 && <Facts facts={facts} />}
      <NumberField
        kind="money"
        currency={client.currency}
        unit={row.unit}
        quiet={!row.is_custom}
        label={
          row.is_custom
            ? `${rates.fields.rate} (${client.currency})`
            : rates.fields.customRate(client.currency)
        }
        placeholder={row.is_custom ? undefined : rates.fields.customRateHint}
        description={
          row.is_custom || !draft.included
            ? undefined
            : typed
              ? rate && rates.usingCustom(shown(rate))
              : rates.usingDefault(shown(row.default_rate))
        }
        value={draft.rate}
        disabled={readOnly || !draft.included}
        error={problem}
        rightSectionWidth={70}
        rightSection={
          typed && !row.is_custom && !readOnly ? (
            <Button size="compact-xs" variant="subtle" onClick={() => onEdit({ ...draft, rate: '' })}>
              {rates.reset}
            </Button>
          ) : undefined
        }
        onChange={(event) => onEdit({ ...draft, rate: event.currentTarget.value })}
      />
    </>
  )
}

function History({ client, row }: { client: CardClient; row: ClientService }) {
  const { data } = useQuery(historyQuery(client.id, row.id))
  if (!data || data.items.length === 0) return null
  const money = (rate: string | null) =>
    rate === null ? rates.states.excluded : formatRate(rate, client.currency)
  return (
    <section aria-label={rates.history}>
      <Text component="h3" size="sm" fw={570} mb={4}>
        {rates.history}
      </Text>
      <SmallTable<RateChange>
        label={rates.history}
        rows={data.items}
        rowKey={(change) => change.id}
        columns={[
          { header: rates.when, cell: (change) => formatInstant(change.changed_at) },
          { header: rates.who, cell: (change) => change.changed_by_name },
          { header: rates.was, align: 'right', cell: (change) => money(change.old_rate) },
          { header: rates.became, align: 'right', cell: (change) => money(change.new_rate) },
        ]}
      />
    </section>
  )
}
