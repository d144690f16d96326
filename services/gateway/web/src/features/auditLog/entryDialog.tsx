/** One entry of the audit log: what was before, what is after, and the way to everything else about it. */
import { Group, Stack, Text, Title } from '@mantine/core'
import { fieldName, shownValue } from '@/shared/activity/values'
import { formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { Dialog } from '@/shared/form/Dialog'
import { auditLog as words } from '@/shared/i18n/en/administration'
import { TextLink } from '@/shared/Link'
import { SmallTable } from '@/shared/table/SmallTable'
import { nameOf } from './names'
import { placeOf } from './places'
import type { AuditEntry } from './queries'

export function EntryDialog({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const place = placeOf(entry)
  const only = (search: Record<string, string>) => search as never
  return (
    <Dialog onClose={onClose} title={words.details} size="lg">
      <Stack gap="md">
        <Text fw={550}>{entry.summary}</Text>
        <Facts
          facts={[
            [words.fields.who, nameOf(entry)],
            [words.fields.when, formatInstant(entry.occurred_at)],
            [words.fields.subject, entry.subject],
            [words.requestId, entry.correlation_id],
          ]}
        />
        <Changes entry={entry} />
        <Group gap="md">
          {place && (
            <TextLink to={place as '/'} onClick={onClose} fz="sm">
              {words.open(entry.aggregate.split('.')[1]!.replaceAll('_', ' '))}
            </TextLink>
          )}
          <TextLink to="/audit-log" search={only({ subject: entry.subject })} onClick={onClose} fz="sm">
            {words.sameEntity}
          </TextLink>
          <TextLink to="/audit-log" search={only({ actor: entry.actor_id })} onClick={onClose} fz="sm">
            {words.samePerson}
          </TextLink>
        </Group>
      </Stack>
    </Dialog>
  )
}

/** What the gateway itself records (a sign-in) changes no field, but says something. */
function Changes({ entry }: { entry: AuditEntry }) {
  const recorded = entry.sequence === 0 ? Object.entries(entry.data) : []
  if (recorded.length > 0)
    return (
      <section>
        <Title order={3} size="sm" mb="xs">
          {words.data}
        </Title>
        <Facts facts={recorded.map(([field, value]) => [fieldName(field), shownValue(value)])} />
      </section>
    )
  if (entry.changes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {words.noChanges}
      </Text>
    )
  return (
    <section>
      <Title order={3} size="sm" mb="xs">
        {words.changes}
      </Title>
      <SmallTable
        label={words.changes}
        rows={entry.changes}
        rowKey={(change) => change.field}
        columns={[
          { header: words.field, cell: (change) => fieldName(change.field) },
          { header: words.before, cell: (change) => shownValue(change.before) },
          { header: words.after, cell: (change) => <b>{shownValue(change.after)}</b> },
        ]}
      />
    </section>
  )
}
