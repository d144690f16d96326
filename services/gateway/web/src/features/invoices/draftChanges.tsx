/** What of the client changed since a draft was made, and warnings: read before it is issued. */
import { Alert, Stack, Text } from '@mantine/core'
import { draftChanges as words } from '@/shared/i18n/en/draftChanges'
import classes from './draftChanges.module.css'
import type { Invoice } from './queries'

type Change = Invoice['changes_since_draft'][number]

export function DraftChanges({ invoice }: { invoice: Invoice }) {
  const { changes_since_draft: changes, warnings } = invoice
  if (changes.length === 0 && warnings.length === 0) return null
  return (
    <Stack gap="sm">
      {changes.length > 0 && (
        <Alert color="blue" title={words.title}>
          <Text size="sm">{words.text}</Text>
          <table className={classes.changes}>
            <thead>
              <tr>
                <th scope="col">{words.field}</th>
                <th scope="col">{words.was}</th>
                <th scope="col">{words.now}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <Row key={change.field} change={change} />
              ))}
            </tbody>
          </table>
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert color="yellow" title={words.warnings}>
          {warnings.map((warning) => (
            <Text key={warning} size="sm">
              {warning}
            </Text>
          ))}
        </Alert>
      )}
    </Stack>
  )
}

function Row({ change }: { change: Change }) {
  const shown = (value: string | null | undefined) =>
    value === null || value === undefined
      ? words.none
      : change.field === 'net_terms'
        ? words.days(value)
        : value
  return (
    <tr>
      <th scope="row">{words.fields[change.field] ?? change.field}</th>
      <td data-label={words.was}>{shown(change.was)}</td>
      <td data-label={words.now}>{shown(change.now)}</td>
    </tr>
  )
}
