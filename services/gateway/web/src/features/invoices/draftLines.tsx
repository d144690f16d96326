/** The lines of a draft: changed, added, removed and moved. Amounts are the server's. */
import { ActionIcon, Button, Group, Input, Select, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import { NumberField } from '@/shared/form/NumberField'
import { common } from '@/shared/i18n/en/common'
import { drafts as words } from '@/shared/i18n/en/drafts'
import { formatMoney, formatRate } from '@/shared/money'
import { Section } from '@/shared/Section'
import classes from './draft.module.css'
import type { DraftLine } from './draftValues'
import { type Invoice, offeredQuery } from './queries'

const { fields } = words

type Props = {
  invoice: Invoice
  value: DraftLine[]
  error?: ReactNode
  onChange: (lines: DraftLine[]) => void
}

export function DraftLines({ invoice, value, error, onChange }: Props) {
  const added = useRef(0)
  const replace = (place: number, change: Partial<DraftLine>) =>
    onChange(value.map((line, at) => (at === place ? { ...line, ...change, amount: null } : line)))
  const move = (place: number, by: number) => {
    const lines = [...value]
    lines.splice(place + by, 0, ...lines.splice(place, 1))
    onChange(lines)
  }
  const add = (line: Partial<DraftLine>) => {
    added.current += 1
    onChange([...value, { ...EMPTY, ...line, key: `new ${added.current}` }])
  }
  return (
    <Section title={words.lines}>
      <div className={classes.scroll}>
        <table className={classes.lines} aria-label={words.lines}>
          <thead>
            <tr>
              <th scope="col">{fields.description}</th>
              <th scope="col">{fields.quantity}</th>
              <th scope="col">{fields.unit}</th>
              <th scope="col">{`${fields.rate} (${invoice.currency})`}</th>
              <th scope="col" data-align="right">
                {fields.amount}
              </th>
              <th scope="col">
                <span className={classes.hidden}>{common.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {value.map((line, place) => (
              <Line
                key={line.key}
                line={line}
                place={place}
                last={place === value.length - 1}
                currency={invoice.currency}
                onChange={(change) => replace(place, change)}
                onMove={(by) => move(place, by)}
                onRemove={() => onChange(value.filter((_, at) => at !== place))}
              />
            ))}
          </tbody>
        </table>
      </div>
      {value.length === 0 && (
        <Text size="sm" c="dimmed" pb="sm">
          {words.noLines}
        </Text>
      )}
      {error && (
        <Input.Error role="alert" pb={6}>
          {error}
        </Input.Error>
      )}
      <Group align="flex-end">
        <AddService invoice={invoice} onAdd={add} />
        <Button
          variant="default"
          leftSection={<IconPlus aria-hidden size={14} />}
          onClick={() => add({ unit: 'Hour' })}
        >
          {words.addFree}
        </Button>
      </Group>
    </Section>
  )
}

const EMPTY: DraftLine = {
  key: '',
  service_id: null,
  client_service_id: null,
  service: '',
  description: '',
  quantity: '1',
  unit: '',
  unit_rate: '',
  known_rate: '',
  amount: null,
}

type LineProps = {
  line: DraftLine
  place: number
  last: boolean
  currency: string
  onChange: (change: Partial<DraftLine>) => void
  onMove: (by: number) => void
  onRemove: () => void
}

function Line({ line, place, last, currency, onChange, onMove, onRemove }: LineProps) {
  const n = place + 1
  const label = (name: string) => ({ 'aria-label': words.lineOf(n, name), size: 'xs' })
  return (
    <tr>
      <td>
        {line.service && (
          <Text size="xs" c="dimmed">
            {line.service}
          </Text>
        )}
        <TextInput
          {...label(fields.description)}
          maxLength={500}
          placeholder={line.service}
          value={line.description}
          onChange={(event) => onChange({ description: event.currentTarget.value })}
        />
      </td>
      <td data-label={fields.quantity}>
        <NumberField
          kind="quantity"
          quiet
          {...label(fields.quantity)}
          w="6rem"
          value={line.quantity}
          onChange={(event) => onChange({ quantity: event.currentTarget.value })}
        />
      </td>
      <td data-label={fields.unit}>
        <TextInput
          {...label(fields.unit)}
          w="6rem"
          maxLength={20}
          value={line.unit}
          onChange={(event) => onChange({ unit: event.currentTarget.value })}
        />
      </td>
      <td data-label={fields.rate}>
        <NumberField
          kind="money"
          currency={currency}
          quiet
          {...label(fields.rate)}
          w="10rem"
          placeholder={
            line.service ? words.lookedUp(formatRate(line.known_rate || null, currency)) : undefined
          }
          value={line.unit_rate}
          onChange={(event) => onChange({ unit_rate: event.currentTarget.value })}
        />
      </td>
      <td data-align="right" data-label={fields.amount}>
        {line.amount === null ? '—' : formatMoney(line.amount, currency)}
      </td>
      <td>
        <Group gap={2} wrap="nowrap" justify="flex-end">
          <ActionIcon aria-label={words.up(n)} disabled={place === 0} onClick={() => onMove(-1)}>
            <IconArrowUp size={15} />
          </ActionIcon>
          <ActionIcon aria-label={words.down(n)} disabled={last} onClick={() => onMove(1)}>
            <IconArrowDown size={15} />
          </ActionIcon>
          <ActionIcon aria-label={words.remove(n)} onClick={onRemove}>
            <IconX size={15} />
          </ActionIcon>
        </Group>
      </td>
    </tr>
  )
}

/** The client's services with the rate each would be charged at. */
function AddService({ invoice, onAdd }: { invoice: Invoice; onAdd: (line: Partial<DraftLine>) => void }) {
  const offered = useQuery(offeredQuery(invoice.id)).data?.items ?? []
  function pick(id: string | null) {
    const service = offered.find((one) => one.client_service_id === id)
    if (!service) return
    onAdd({
      service_id: service.service_id,
      client_service_id: service.client_service_id,
      service: service.name,
      unit: service.unit,
      known_rate: service.unit_rate,
    })
  }
  return (
    <Select
      size="sm"
      w="min(22rem, 100%)"
      label={words.addService}
      searchable
      limit={50}
      data={offered.map((one) => ({
        value: one.client_service_id,
        label: `${one.name} · ${formatRate(one.unit_rate, invoice.currency, one.unit)}${one.badge ? ` · ${one.badge}` : ''}`,
      }))}
      value={null}
      onChange={pick}
      nothingFoundMessage={common.none}
    />
  )
}
