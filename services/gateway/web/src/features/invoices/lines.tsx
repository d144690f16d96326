/** The lines, each with the rate it was billed at, where that rate came from, and how the amount came about. */
import { Badge, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { Fragment, useId, useState } from 'react'
import { invoices } from '@/shared/i18n/en/invoices'
import { lazyPart } from '@/shared/lazyPart'
import { formatMoney, formatQuantity, formatRate, shortUnit } from '@/shared/money'
import classes from './invoice.module.css'
import type { Invoice, InvoiceLine } from './queries'
import { lineTaxes } from './taxes'

const LineOrigin = lazyPart(async () => (await import('./lineOrigin')).LineOrigin)

const { fields } = invoices

export function Lines({ invoice }: { invoice: Invoice }) {
  const taxes = lineTaxes(invoice.lines)
  return (
    <table className={classes.lines}>
      <thead>
        <tr>
          <th scope="col">{fields.service}</th>
          <th scope="col">{fields.quantity}</th>
          <th scope="col">{fields.rate}</th>
          <th scope="col">{fields.source}</th>
          <th scope="col">{fields.amount}</th>
        </tr>
      </thead>
      <tbody>
        {invoice.lines.map((line, place) => (
          <Line key={line.id} line={line} taxes={taxes[place] ?? null} currency={invoice.currency} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ line, taxes, currency }: { line: InvoiceLine; taxes: string | null; currency: string }) {
  const [open, setOpen] = useState(false)
  const panel = useId()
  const why = [line.explanation, line.warning].filter((text) => text !== null && text !== '')
  return (
    <Fragment>
      <tr data-open={open || undefined}>
        <th scope="row">
          <span className={classes.description}>{line.description}</span>
          {line.work_orders.length > 0 && (
            <Text size="xs" c="dimmed" component="span" display="block">
              {invoices.workOrders}: {line.work_orders.join(', ')}
            </Text>
          )}
          {taxes && (
            <Text size="xs" c="dimmed" component="span" display="block">
              {taxes}
            </Text>
          )}
          {why.length > 0 && (
            <UnstyledButton
              className={classes.why}
              aria-expanded={open}
              aria-controls={panel}
              onClick={() => setOpen(!open)}
            >
              <IconChevronRight aria-hidden size={13} stroke={2} />
              {invoices.why}
            </UnstyledButton>
          )}
        </th>
        <td data-label={fields.quantity}>
          {formatQuantity(line.quantity)} {line.unit && shortUnit(line.unit)}
        </td>
        <td data-label={fields.rate}>{formatRate(line.unit_rate, currency)}</td>
        <td data-label={fields.source}>
          <RateSource line={line} />
        </td>
        <td data-label={fields.amount}>{formatMoney(line.amount, currency)}</td>
      </tr>
      {open && (
        <tr className={classes.explained} id={panel}>
          <td colSpan={5}>
            {why.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
            <LineOrigin line={line} currency={currency} />
          </td>
        </tr>
      )}
    </Fragment>
  )
}

/** A rate agreed with the client, or the list price; where exactly it stands is for staff only, and absent for others. */
function RateSource({ line }: { line: InvoiceLine }) {
  if (!line.rate_label) return '—'
  return (
    <Badge
      color={line.rate_label === invoices.negotiated ? 'blue' : 'gray'}
      title={invoices.sources[line.rate_source ?? '']}
    >
      {line.rate_label}
    </Badge>
  )
}
