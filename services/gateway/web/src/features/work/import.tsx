/** Agreements, work orders or time entries from a CSV file. */
import { SegmentedControl } from '@mantine/core'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { importAgreements, importTimeEntries, importWorkOrders } from '@/api/gen'
import { nav } from '@/shared/i18n/en/common'
import { work } from '@/shared/i18n/en/work'
import { ImportWizard } from '@/shared/importing/ImportWizard'
import type { ImportKind } from '@/shared/importing/types'
import { useImportSource } from '@/shared/importing/useImportTask'
import { useMay } from '@/shared/session/useUser'

const words = work.importing

const AGREEMENT = [
  ...['client', 'name', 'reference', 'type', 'frequency', 'start_date', 'end_date', 'net_terms'],
  ...['recurring_amount', 'total_hours', 'overage_rate', 'rollover', 'coverage', 'allocation_policy'],
  ...['uncovered_policy', 'low_hours_threshold', 'auto_renew', 'scope', 'exclusions', 'internal_notes'],
  ...['activate', 'confirm', 'services'],
]
const ORDER = [
  ...['number', 'client', 'subject', 'description', 'priority', 'agreement', 'service', 'technician'],
  'billable',
]
const TIME = [
  ...['client', 'work_order', 'subject', 'agreement', 'service', 'technician', 'worked_on', 'hours'],
  ...['billable', 'note', 'external_ref', 'confirm'],
]

const SOURCES = ['time', 'orders', 'agreements'] as const
type Source = (typeof SOURCES)[number]

export function ImportWork() {
  const queries = useQueryClient()
  const mayAgree = useMay('clients.write')
  const mayBill = useMay('invoices.read')
  const sources = SOURCES.filter((one) => one !== 'agreements' || mayAgree)
  const [source, setSource] = useImportSource(sources)
  const choice = (
    <SegmentedControl
      mb="md"
      size="xs"
      aria-label={words.of}
      value={source}
      data={sources.map((value) => ({ value, label: words[value] }))}
      onChange={setSource}
    />
  )
  const back =
    source === 'time' && mayBill
      ? { to: '/billable-items', label: nav.billableItems }
      : { to: '/clients', label: nav.clients }
  return <ImportWizard key={source} {...kindOf(source, queries)} back={back} above={choice} />
}

function kindOf(source: Source, queries: QueryClient): Omit<ImportKind, 'back'> {
  const shared = { id: source, title: words.title, onImported: () => queries.invalidateQueries() }
  if (source === 'agreements')
    return {
      ...shared,
      columns: AGREEMENT,
      needed: ['client', 'name', 'type', 'start_date'],
      moreHint: words.agreementsHint,
      send: (file, options) => importAgreements({ body: { file }, ...asked(options) }),
    }
  if (source === 'orders')
    return {
      ...shared,
      columns: ORDER,
      needed: ['client', 'subject'],
      moreHint: words.ordersHint,
      send: (file, options) => importWorkOrders({ body: { file }, ...asked(options) }),
    }
  return {
    ...shared,
    columns: TIME,
    needed: ['client', 'work_order', 'worked_on', 'hours'],
    moreHint: words.timeHint,
    send: (file, options) => importTimeEntries({ body: { file }, ...asked(options) }),
  }
}

type Options = Parameters<ImportKind['send']>[1]

const asked = ({ dryRun, key, rows }: Options) => ({
  query: { dry_run: dryRun, rows },
  headers: { 'Idempotency-Key': key },
})
