/** Which column of the file is read as which of ours: guessed, and for a person to change. */
import { Alert, Button, Group, Select, Text } from '@mantine/core'
import { importing } from '@/shared/i18n/en/importing'
import { Section } from '@/shared/Section'
import { SmallTable } from '@/shared/table/SmallTable'
import classes from './importing.module.css'
import { type Mapping, missing } from './mapping'
import { headerOf, type Table } from './table'
import type { ImportKind } from './types'

const words = importing.columns

type Props = {
  kind: ImportKind
  name: string
  table: Table
  mapping: Mapping
  /** The mapping is the one chosen for the last file with this header. */
  again: boolean
  busy: boolean
  onMap: (mapping: Mapping) => void
  onBack: () => void
  onCheck: () => void
}

type Row = { at: number; name: string; example: string }

export function ColumnCheck({ kind, name, table, mapping, again, busy, onMap, onBack, onCheck }: Props) {
  const lacking = missing(mapping, kind)
  const header = headerOf(table)
  const rows = header.map((column, at) => ({ at, name: column, example: exampleOf(table, at) }))
  const choose = (at: number, as: string | null) =>
    onMap(mapping.map((one, other) => (other === at ? as : one === as ? null : one)))
  return (
    <Section title={words.title(name)} flush>
      <SmallTable
        label={words.title(name)}
        rows={rows.filter((row) => row.name || row.example)}
        rowKey={(row) => String(row.at)}
        columns={[
          { header: words.inFile, cell: (row) => row.name || words.nameless(row.at + 1) },
          { header: words.example, cell: (row) => <Example text={row.example} /> },
          {
            header: words.becomes,
            cell: (row) => (
              <ReadAs
                kind={kind}
                row={row}
                as={mapping[row.at] ?? null}
                onChoose={(as) => choose(row.at, as)}
              />
            ),
          },
        ]}
      />
      <div className={classes.foot}>
        {lacking.length > 0 ? (
          <Alert color="orange">{words.missing(lacking.join(', '))}</Alert>
        ) : (
          <Text size="sm" c="dimmed">
            {again ? words.again : words.lead}
          </Text>
        )}
        <Group gap="xs" mt="md">
          <Button variant="default" onClick={onBack}>
            {importing.again}
          </Button>
          <Button disabled={lacking.length > 0} loading={busy} onClick={onCheck}>
            {importing.check}
          </Button>
        </Group>
      </div>
    </Section>
  )
}

type ReadAsProps = { kind: ImportKind; row: Row; as: string | null; onChoose: (as: string | null) => void }

function ReadAs({ kind, row, as, onChoose }: ReadAsProps) {
  const known = [...kind.columns, ...(kind.more?.test(row.name) ? [row.name] : [])]
  return (
    <Select
      size="xs"
      className={classes.choice}
      aria-label={words.choose(row.name || words.nameless(row.at + 1))}
      placeholder={words.leaveOut}
      data={known.map((name) => ({
        value: name,
        label: kind.needed.includes(name) ? words.needed(name) : name,
      }))}
      value={as}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': words.leaveOut }}
      onChange={onChoose}
    />
  )
}

const Example = ({ text }: { text: string }) => (
  <Text span size="xs" c="dimmed" className={classes.example}>
    {text}
  </Text>
)

/** The first cell of the column that has something in it. */
function exampleOf({ records, headerAt }: Table, at: number): string {
  const cell = records.slice(headerAt + 1).find((cells) => cells[at]?.trim())?.[at] ?? ''
  return cell.length > 60 ? `${cell.slice(0, 60)}…` : cell
}
