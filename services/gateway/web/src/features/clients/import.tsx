/** Clients, their contacts, or a whole ITFlow database into the system. */
import { Paper, SegmentedControl, Text } from '@mantine/core'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { importClients, importContacts, importItflow } from '@/api/gen'
import { clients } from '@/shared/i18n/en/clients'
import { ImportWizard } from '@/shared/importing/ImportWizard'
import type { ImportKind, ImportReport } from '@/shared/importing/types'
import { useImportSource } from '@/shared/importing/useImportTask'
import { useMay } from '@/shared/session/useUser'
import { clientsKey } from './queries'

const words = clients.importing
const CUSTOM = /^cf:.+$/
const MOST_BYTES = 64 * 1024 * 1024

const CLIENT = [
  ...['id', 'name', 'abbreviation', 'status', 'website', 'phone', 'industry', 'referral_source', 'tags'],
  ...[
    'currency',
    'net_terms',
    'tax_id',
    'tax_code',
    'hourly_rate',
    'country',
    'time_zone',
    'locale',
    'notes',
  ],
  ...['billing_contact_name', 'billing_email', 'billing_cc_emails'],
  ...[
    'contact_name',
    'contact_title',
    'contact_email',
    'contact_phone',
    'contact_extension',
    'contact_mobile',
  ],
  ...['location_name', 'location_line1', 'location_line2', 'location_city', 'location_subdivision'],
  ...['location_postal_code', 'location_country', 'location_phone'],
]
const CONTACT = [
  ...['id', 'client', 'name', 'title', 'department', 'email', 'phone', 'extension', 'mobile', 'notes'],
  ...['is_primary_support', 'is_technical_support', 'is_billing', 'status'],
]

type Source = 'clients' | 'contacts' | 'itflow'
type Options = Parameters<ImportKind['send']>[1]
type DumpReport = ImportReport & Pick<gen.DumpReport, 'tables' | 'other_tables'>

export function ImportClients() {
  const queries = useQueryClient()
  const mayDump = useMay('catalog.write')
  const sources = (['clients', 'contacts', 'itflow'] as const).filter((one) => one !== 'itflow' || mayDump)
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
  return <ImportWizard key={source} {...kindOf(source, queries)} above={choice} />
}

function kindOf(source: Source, queries: QueryClient): ImportKind {
  const shared = {
    id: source,
    title: words.title,
    back: { to: '/clients', label: clients.title },
    onImported: () => queries.invalidateQueries({ queryKey: clientsKey }),
  }
  const asked = ({ dryRun, key }: Options) => ({
    query: { dry_run: dryRun },
    headers: { 'Idempotency-Key': key },
  })
  const tabled = (options: Options) => ({
    ...asked(options),
    query: { dry_run: options.dryRun, rows: options.rows },
  })
  if (source === 'clients')
    return {
      ...shared,
      columns: CLIENT,
      needed: ['name'],
      more: CUSTOM,
      moreHint: words.hint,
      exportUrl: '/api/v1/clients/export',
      linkTo: (id) => `/clients/${id}`,
      send: (file, options) => importClients({ body: { file }, ...tabled(options) }),
    }
  if (source === 'contacts')
    return {
      ...shared,
      columns: CONTACT,
      needed: ['client', 'name'],
      more: CUSTOM,
      moreHint: words.contactsHint,
      exportUrl: '/api/v1/contacts/export',
      send: (file, options) => importContacts({ body: { file }, ...tabled(options) }),
    }
  return {
    ...shared,
    columns: [],
    needed: [],
    whole: {
      accept: '.sql,.gz,application/sql,application/gzip',
      formats: words.formats,
      mostBytes: MOST_BYTES,
    },
    aside: (answer) => <Beyond report={answer as DumpReport} />,
    send: (file, options) =>
      importItflow({
        body: file,
        ...asked(options),
        headers: { ...asked(options).headers, 'Content-Type': file.type || 'application/sql' } as never,
      }),
  }
}

/** What a dump holds that has no place here: said, so that nobody believes it was taken. */
function Beyond({ report }: { report: DumpReport }) {
  const lines = (report.tables ?? []).flatMap((table) => [
    ...(table.unknown_columns?.length ? [words.unknown(table.name!, table.unknown_columns.join(', '))] : []),
    ...(table.left_columns?.length ? [words.left(table.name!, table.left_columns.join(', '))] : []),
    ...(table.skipped ? [words.skipped(table.name!, table.skipped)] : []),
  ])
  if (report.other_tables?.length) lines.push(words.other(report.other_tables.join(', ')))
  if (lines.length === 0) return null
  return (
    <Paper component="section" aria-label={words.notes} p="md">
      <Text size="sm" fw={570} mb={4}>
        {words.notes}
      </Text>
      {lines.map((line) => (
        <Text key={line} size="xs" c="dimmed">
          {line}
        </Text>
      ))}
    </Paper>
  )
}
