import { Alert, Badge, Button, Group, Text } from '@mantine/core'
import { importing } from '@/shared/i18n/en/importing'
import { Section } from '@/shared/Section'
import { SmallTable } from '@/shared/table/SmallTable'
import { type Column, matchColumns } from './header'
import type { ImportKind } from './types'

const words = importing.columns

type Props = {
  kind: ImportKind
  name: string
  header: string[]
  busy: boolean
  onBack: () => void
  onCheck: () => void
}

export function ColumnCheck({ kind, name, header, busy, onBack, onCheck }: Props) {
  const { found, missing, left, wrong } = matchColumns(header, kind)
  return (
    <Section title={words.title(name)} flush>
      <SmallTable
        label={words.title(name)}
        rows={found}
        rowKey={(column) => `${column.name} ${found.indexOf(column)}`}
        columns={[
          { header: words.inFile, cell: (column) => column.name },
          { header: words.becomes, cell: (column) => <ReadAs column={column} needed={kind.needed} /> },
        ]}
      />
      <div style={{ padding: '0.75rem 1rem 1rem' }}>
        {missing.length > 0 && (
          <Text size="sm" c="var(--mantine-color-error)" mb={4}>
            {words.missing(missing.join(', '))}
          </Text>
        )}
        {wrong ? (
          <Alert color="orange">{words.problem}</Alert>
        ) : (
          <Text size="sm" c="dimmed">
            {left.length > 0 && words.left(left.join(', '))} {words.lead}
          </Text>
        )}
        <Group gap="xs" mt="md">
          <Button variant="default" onClick={onBack}>
            {importing.again}
          </Button>
          <Button disabled={wrong} loading={busy} onClick={onCheck}>
            {importing.check}
          </Button>
        </Group>
      </div>
    </Section>
  )
}

function ReadAs({ column, needed }: { column: Column; needed: readonly string[] }) {
  if (column.doubled) return <Badge color="red">{words.doubled}</Badge>
  if (!column.as) return <Badge color="red">{words.unknown}</Badge>
  return (
    <>
      {column.as}{' '}
      {needed.includes(column.as) && (
        <Text span size="xs" c="dimmed">
          {words.needed}
        </Text>
      )}
    </>
  )
}
