/** One row a client: the invoice it gets, what is parked and why. A preview also lets clients be left out. */
import { Alert, Checkbox, Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { invoiceRuns as words } from '@/shared/i18n/en/invoiceRuns'
import { TextLink } from '@/shared/Link'
import { formatMoney, formatQuantity, formatRate } from '@/shared/money'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import type { ClientPart, Run } from './queries'
import classes from './runs.module.css'

const { fields } = words
const SHOWN_AT_FIRST = 200

export type Choice = { excluded: ReadonlySet<string>; toggle: (clientId: string) => void }

export const nameOf = (part: ClientPart) => part.client_name ?? words.unknownClient

/** What concerns the run as a whole, such as a date before that of the latest invoice. */
export function RunWarnings({ run }: { run: Run }) {
  return run.detail?.warnings?.map((warning) => (
    <Alert key={warning} color="yellow">
      {warning}
    </Alert>
  ))
}

export function ClientParts({ parts, choice }: { parts: ClientPart[]; choice?: Choice }) {
  const [q, setQ] = useState('')
  const [all, setAll] = useState(false)
  const wanted = q.trim().toLowerCase()
  const found = parts
    .filter((part) => nameOf(part).toLowerCase().includes(wanted))
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)))
  const shown = all ? found : found.slice(0, SHOWN_AT_FIRST)
  return (
    <>
      {parts.length > 10 && (
        <TextInput
          size="xs"
          mx="md"
          mb="xs"
          maw="20rem"
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          leftSection={<IconSearch aria-hidden size={14} />}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
      )}
      <SmallTable
        label={fields.clients}
        columns={[clientColumn(choice), ...columns, ...(choice ? [] : [made])]}
        rows={shown}
        rowKey={(part) => part.client_id}
      />
      {shown.length < found.length && (
        <UnstyledButton className={classes.more} onClick={() => setAll(true)}>
          {`+ ${(found.length - shown.length).toLocaleString('en-US')}`}
        </UnstyledButton>
      )}
    </>
  )
}

const clientColumn = (choice?: Choice): SmallColumn<ClientPart> => ({
  header: fields.client,
  cell: (part) => (
    <div className={classes.client}>
      {choice && (
        <Checkbox
          size="xs"
          className={classes.choice}
          aria-label={words.include(nameOf(part))}
          disabled={part.total === undefined}
          checked={part.total !== undefined && !choice.excluded.has(part.client_id)}
          onChange={() => choice.toggle(part.client_id)}
        />
      )}
      <div>
        <TextLink to="/clients/$clientId" params={{ clientId: part.client_id }} fz="sm">
          {nameOf(part)}
        </TextLink>
        <Remarks part={part} />
        <Lines part={part} />
      </div>
    </div>
  ),
})

const columns: SmallColumn<ClientPart>[] = [
  { header: fields.items, align: 'right', cell: (part) => part.items },
  {
    header: fields.total,
    align: 'right',
    cell: (part) => (part.total ? <strong>{formatMoney(part.total, part.currency ?? 'USD')}</strong> : '—'),
  },
]

const made: SmallColumn<ClientPart> = {
  header: fields.invoice,
  cell: (part) => <InvoiceLink part={part} />,
}

function InvoiceLink({ part }: { part: ClientPart }): ReactNode {
  if (!part.invoice_id) return '—'
  return (
    <TextLink to="/invoices/$invoiceId" params={{ invoiceId: part.invoice_id }} fz="sm" className="num">
      {part.number ?? words.draft}
    </TextLink>
  )
}

function Remarks({ part }: { part: ClientPart }) {
  return (
    <div>
      {part.parked_items > 0 && (
        <Text size="xs" c="var(--mantine-color-error)">
          {words.parked(part.parked_items)} {part.parked.join(' ')}
        </Text>
      )}
      {part.skipped && (
        <Text size="xs" c="var(--mantine-color-error)">
          {part.skipped}
        </Text>
      )}
      {part.warnings.map((warning) => (
        <Text key={warning} size="xs" c="dimmed">
          {warning}
        </Text>
      ))}
    </div>
  )
}

function Lines({ part }: { part: ClientPart }) {
  const [open, setOpen] = useState(false)
  const currency = part.currency ?? 'USD'
  if (!part.lines?.length) return null
  return (
    <>
      <UnstyledButton
        className={classes.toggle}
        aria-expanded={open}
        aria-label={words.lines(nameOf(part))}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight aria-hidden size={13} stroke={2} data-open={open || undefined} />
        {words.lineCount(part.lines.length)}
      </UnstyledButton>
      {open && (
        <ul className={classes.lines}>
          {part.lines.map((line) => (
            <li key={`${line.description} ${line.unit_rate}`}>
              <span>{line.description}</span>
              <span className="num">
                {formatQuantity(line.quantity)} × {formatRate(line.unit_rate, currency)} ={' '}
                {formatMoney(line.amount, currency)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
