/** Row by row what an import would do, or did: by outcome, mistakes first. */
import { Badge, Button, Group, SegmentedControl, Text } from '@mantine/core'
import { type ReactNode, useMemo, useState } from 'react'
import { fieldName, shownValue } from '@/shared/activity/values'
import { importing } from '@/shared/i18n/en/importing'
import { TextLink } from '@/shared/Link'
import { Section } from '@/shared/Section'
import { SmallTable } from '@/shared/table/SmallTable'
import classes from './importing.module.css'
import type { ImportReport, ImportResult } from './types'

const words = importing.report
const AT_ONCE = 200
const colors = { create: 'evergreen', update: 'blue', unchanged: 'gray', error: 'red' }

type Shown = 'all' | ImportResult['action'] | 'warned'

type Props = { report: ImportReport; linkTo?: (id: string) => string; children: ReactNode }

export function Report({ report, linkTo, children }: Props) {
  const [shown, setShown] = useState<Shown>(report.failed > 0 ? 'error' : 'all')
  const [most, setMost] = useState(AT_ONCE)
  const rows = useMemo(() => report.results.filter((result) => isShown(result, shown)), [report, shown])
  const counts: [Shown, number][] = [
    ['all', report.rows],
    ['create', report.created],
    ['update', report.updated],
    ['unchanged', report.unchanged],
    ['error', report.failed],
    ['warned', report.warned ?? 0],
  ]
  return (
    <Section title={report.dry_run ? words.title : words.doneTitle} flush>
      <div className={classes.verdict}>{children}</div>
      <div className={classes.filter}>
        <SegmentedControl
          size="xs"
          aria-label={words.filter}
          value={shown}
          data={counts
            .filter(([value, count]) => count > 0 || value === 'all')
            .map(([value, count]) => ({ value, label: `${words[value]} ${count.toLocaleString('en-US')}` }))}
          onChange={(value) => {
            setShown(value as Shown)
            setMost(AT_ONCE)
          }}
        />
      </div>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed" p="md">
          {words.none}
        </Text>
      ) : (
        <SmallTable
          label={report.dry_run ? words.title : words.doneTitle}
          rows={rows.slice(0, most)}
          rowKey={(result) => String(result.row)}
          columns={columnsOf(linkTo)}
        />
      )}
      <Group justify="space-between" px="md" py="xs" className={classes.footer}>
        <Text size="xs" c="dimmed">
          {words.shown(Math.min(most, rows.length), rows.length)}
        </Text>
        {rows.length > most && (
          <Button variant="subtle" size="compact-xs" onClick={() => setMost(most + AT_ONCE)}>
            {words.more(Math.min(AT_ONCE, rows.length - most))}
          </Button>
        )}
      </Group>
    </Section>
  )
}

const isShown = (result: ImportResult, shown: Shown) =>
  shown === 'all' ||
  (shown === 'warned' ? Object.keys(result.warnings ?? {}).length > 0 : result.action === shown)

const columnsOf = (linkTo?: (id: string) => string) => [
  { header: words.row, align: 'right' as const, cell: (result: ImportResult) => result.row },
  {
    header: words.action,
    cell: (result: ImportResult) => (
      <Badge color={colors[result.action]}>{importing.actions[result.action]}</Badge>
    ),
  },
  { header: words.name, cell: (result: ImportResult) => <Name result={result} linkTo={linkTo} /> },
  { header: words.details, cell: (result: ImportResult) => <Details result={result} /> },
]

function Name({
  result: { id, name, action },
  linkTo,
}: {
  result: ImportResult
  linkTo?: (id: string) => string
}) {
  if (!name) return '—'
  return id && linkTo && action !== 'error' ? <TextLink to={linkTo(id)}>{name}</TextLink> : name
}

function Details({ result }: { result: ImportResult }) {
  return (
    <ul className={classes.details}>
      <Messages of={result.errors} kind="error" />
      <Messages of={result.warnings ?? {}} kind="warning" />
      {result.action === 'update' &&
        Object.entries(result.changes).map(([field, { before, after }]) => (
          <li key={field}>
            {fieldName(field)}: <del>{shownValue(before)}</del> → <ins>{shownValue(after)}</ins>
          </li>
        ))}
    </ul>
  )
}

function Messages({ of, kind }: { of: Record<string, string[]>; kind: 'error' | 'warning' }) {
  return Object.entries(of).map(([column, texts]) => (
    <li key={column} data-kind={kind}>
      <strong>{column.startsWith('_') ? words.wholeRow : column}</strong>: {texts.join(' ')}
    </li>
  ))
}
