/** The left column: every service with what it would cost this client. Rates are typed straight down the column. */
import { Badge, Checkbox, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { NumberField } from '@/shared/form/NumberField'
import { rates } from '@/shared/i18n/en/rates'
import { formatRate, shortUnit } from '@/shared/money'
import { useMay } from '@/shared/session/useUser'
import type { CardClient } from './cardClient'
import { type Draft, type Drafts, draftOf, effectiveRate, isChanged, rateProblem, stateOf } from './draft'
import classes from './editor.module.css'
import { type Kind, matches, sections } from './filtering'
import type { ClientService } from './queries'
import { RateBadge } from './rateBadge'

type Props = {
  client: CardClient
  rows: ClientService[]
  drafts: Drafts
  chosen: string | null
  readOnly: boolean
  onChoose: (id: string) => void
  /** Typing a rate shows its details beside it; where they would cover it, it does not. */
  followFocus: boolean
  onEdit: (row: ClientService, draft: Draft) => void
}

export function ServiceList(props: Props) {
  const [q, setQ] = useState('')
  const [kind, setKind] = useState<Kind>('all')
  const shown = props.rows.filter((row) => matches(row, props.drafts[row.id] ?? draftOf(row), q, kind))
  return (
    <>
      <search className={classes.toolbar}>
        <TextInput
          size="xs"
          type="search"
          className={classes.search}
          aria-label={rates.search}
          placeholder={rates.search}
          leftSection={<IconSearch aria-hidden size={15} />}
          value={q}
          data-list-search
          onChange={(event) => setQ(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          aria-label={rates.filter}
          value={kind}
          data={Object.entries(rates.kinds).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setKind(event.currentTarget.value as Kind)}
        />
      </search>
      {shown.length === 0 && (
        <Text c="dimmed" size="sm" p="md">
          {rates.noMatch}
        </Text>
      )}
      {sections(shown).map(([category, rows]) => (
        <section key={category} aria-label={category || rates.uncategorized}>
          <Text component="h2" className={classes.category}>
            {category || rates.uncategorized}
          </Text>
          <ul className={classes.list}>
            {rows.map((row) => (
              <ServiceRow key={row.id} {...props} row={row} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function ServiceRow({
  client,
  row,
  drafts,
  chosen,
  readOnly,
  onChoose,
  followFocus,
  onEdit,
}: Props & { row: ClientService }) {
  const mayMoney = useMay('money.read')
  const draft = drafts[row.id] ?? draftOf(row)
  const state = stateOf(draft)
  const changed = isChanged(row, draft)
  return (
    <li
      className={classes.row}
      data-chosen={chosen === row.id || undefined}
      data-changed={changed || undefined}
      data-state={state}
    >
      <Checkbox
        size="sm"
        aria-label={rates.includeOf(row.name)}
        checked={draft.included}
        disabled={readOnly}
        onChange={(event) => onEdit(row, { ...draft, included: event.currentTarget.checked })}
      />
      <button
        type="button"
        className={classes.name}
        aria-current={chosen === row.id || undefined}
        onClick={() => onChoose(row.id)}
      >
        <span>{draft.name.trim() || row.catalog_name || row.name}</span>
        {changed && <span className={classes.dot} title={rates.unsaved} />}
      </button>
      <span className={classes.badge}>
        <RateBadge row={{ ...row, included: draft.included, custom_rate: draft.rate.trim() || null }} />
        {row.rate_review && (
          <Badge color="yellow" ml={4}>
            {rates.review}
          </Badge>
        )}
      </span>
      {mayMoney && (
        <RateCell
          client={client}
          row={row}
          draft={draft}
          readOnly={readOnly}
          onEdit={onEdit}
          onFocus={followFocus ? () => onChoose(row.id) : undefined}
        />
      )}
    </li>
  )
}

type CellProps = Pick<Props, 'client' | 'readOnly' | 'onEdit'> & { onFocus?: () => void } & {
  row: ClientService
  draft: Draft
}

function RateCell({ client, row, draft, readOnly, onEdit, onFocus }: CellProps) {
  const rate = formatRate(effectiveRate(row, draft), client.currency, row.unit)
  if (readOnly || !draft.included) return <span className={classes.rate}>{draft.included ? rate : '—'}</span>
  const problem = rateProblem(row, draft, client.currency)
  return (
    <NumberField
      kind="money"
      currency={client.currency}
      quiet
      size="xs"
      className={classes.rate}
      aria-label={rates.rateOf(row.name)}
      placeholder={row.default_rate ?? ''}
      value={draft.rate}
      error={problem}
      rightSection={<span className={classes.unit}>/{shortUnit(row.unit)}</span>}
      rightSectionWidth={50}
      rightSectionPointerEvents="none"
      data-rate
      onFocus={(event) => {
        onFocus?.()
        event.currentTarget.select()
      }}
      onKeyDown={moveDown}
      onChange={(event) => onEdit(row, { ...draft, rate: event.currentTarget.value })}
    />
  )
}

/** Enter and the arrows go along the column, as in a spreadsheet. */
function moveDown(event: KeyboardEvent<HTMLInputElement>) {
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  event.preventDefault()
  const fields = [...document.querySelectorAll<HTMLInputElement>('input[data-rate]')]
  fields[fields.indexOf(event.currentTarget) + step]?.focus()
}
