import { Anchor, Badge, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { clients } from '@/shared/i18n/en/clients'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import classes from './contacts.module.css'
import { type Client, type Contact, contactsQuery } from './queries'

export function Contacts({ client }: { client: Client }) {
  const query = useQuery(contactsQuery(client.id))
  return (
    <Section title={clients.tabs.contacts} flush>
      {query.isPending ? (
        <RowsSkeleton rows={3} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Text c="dimmed" p="md" size="sm">
          {clients.contacts.none}
        </Text>
      ) : (
        <ul className={classes.list}>
          {query.data.items.map((contact) => (
            <ContactRow key={contact.id} contact={contact} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function ContactRow({ contact }: { contact: Contact }) {
  return (
    <li className={classes.row}>
      <div>
        <Text fw={570}>{contact.name}</Text>
        <Text size="xs" c="dimmed">
          {contact.title}
        </Text>
      </div>
      <Group gap={6}>
        {contact.is_primary_support && <Badge>{clients.contacts.primary}</Badge>}
        {contact.is_technical_support && <Badge color="blue">{clients.contacts.technical}</Badge>}
        {contact.is_billing && <Badge color="orange">{clients.contacts.billing}</Badge>}
      </Group>
      <div>
        {contact.email && <Anchor href={`mailto:${contact.email}`}>{contact.email}</Anchor>}
        {contact.phone && (
          <Text size="xs" c="dimmed">
            {contact.phone_display ?? contact.phone}
          </Text>
        )}
      </div>
    </li>
  )
}
