/** A draft as its form holds it, and as requests carry it. */
import { drafts as words } from '@/shared/i18n/en/drafts'
import { formatQuantity } from '@/shared/money'
import { numberProblem, readDecimal, readOptional } from '@/shared/numbers'
import type { DraftBody, Invoice, InvoiceLine } from './queries'

export type DraftLine = {
  key: string
  service_id: string | null
  client_service_id: string | null
  /** The service's name; empty for a free line. */
  service: string
  description: string
  quantity: string
  unit: string
  /** Empty: the client's rate is looked up. */
  unit_rate: string
  /** The rate that was looked up last. */
  known_rate: string
  /** As the server worked it out; null once something it depends on was changed. */
  amount: string | null
}

export type DraftValues = { lines: DraftLine[]; notes: string; issued_on: string }

const GENERATED = / - [\d.]+ (hours|× .+)$/

/** Left to the server, which writes "Remote Support - 12.5 hours" and keeps the hours up to date. */
const isGenerated = (line: InvoiceLine) =>
  line.description.startsWith(line.service_name) &&
  GENERATED.test(line.description.slice(line.service_name.length))

export function draftLine(line: InvoiceLine, place: number): DraftLine {
  const ofService = line.service_id !== null || line.client_service_id !== null
  return {
    key: `line ${place + 1}`, // ids change with every save
    service_id: line.service_id,
    client_service_id: line.client_service_id,
    service: ofService ? line.service_name : '',
    description: ofService && isGenerated(line) ? '' : line.description,
    quantity: formatQuantity(line.quantity),
    unit: line.unit,
    unit_rate: line.rate_source === 'manual' ? line.unit_rate : '',
    known_rate: line.unit_rate,
    amount: line.amount,
  }
}

export const draftValues = (invoice: Invoice): DraftValues => ({
  lines: invoice.lines.map(draftLine),
  notes: invoice.notes ?? '',
  issued_on: invoice.issued_on ?? '',
})

export function lineProblem(line: DraftLine, currency: string): string | null {
  if (!line.service && !line.description.trim()) return words.needed
  const quantity = numberProblem(line.quantity, { kind: 'quantity' })
  if (quantity) return quantity
  return numberProblem(line.unit_rate, {
    kind: 'money',
    currency,
    min: '0',
    optional: line.service !== '',
  })
}

export function linesProblem(lines: DraftLine[], currency: string): string | null {
  const found = lines.findIndex((line) => lineProblem(line, currency) !== null)
  return found < 0 ? null : words.problem(found + 1, lineProblem(lines[found]!, currency)!)
}

/** `lines` only where they may be edited: sending them replaces them all. */
export function draftBody(values: DraftValues, withLines: boolean): DraftBody {
  return {
    notes: values.notes.trim() || null,
    issued_on: values.issued_on || null,
    ...(withLines && { lines: values.lines.map(lineBody) }),
  }
}

const lineBody = (line: DraftLine) => ({
  service_id: line.client_service_id ? null : line.service_id,
  client_service_id: line.client_service_id,
  description: line.description.trim() || null,
  quantity: readDecimal(line.quantity, { kind: 'quantity' })!,
  unit: line.unit.trim() || null,
  unit_rate: readOptional(line.unit_rate),
})
