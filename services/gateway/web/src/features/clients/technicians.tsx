/** Who works for this client: a technician sees assigned clients only. */
import { ActionIcon, Button, Group, NativeSelect, Text, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clientParts } from '@/shared/i18n/en/clientParts'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { assign, techniciansQuery, technicianUsersQuery, unassign } from './parts'
import type { Client } from './queries'
import { useAct } from './useAct'

const words = clientParts.technicians

export function Technicians({ client }: { client: Client }) {
  const mayWrite = useMay('clients.write')
  const act = useAct(client.id)
  const assigned = (useQuery(techniciansQuery(client.id)).data?.items ?? []).filter((one) => one.active)
  const name = (one: { name: string | null; email: string | null }) => one.name ?? one.email ?? words.unknown
  return (
    <Section title={words.title}>
      {assigned.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      )}
      {assigned.map((one) => (
        <Group key={one.id} gap={4} justify="space-between">
          <Text size="sm">{name(one)}</Text>
          {mayWrite && (
            <Tooltip label={words.unassign} openDelay={300}>
              <ActionIcon
                aria-label={words.unassignOf(name(one))}
                onClick={() =>
                  act(
                    () => unassign(one),
                    words.unassigned(name(one)),
                    () => assign({ client_id: client.id }, one.user_id),
                  )
                }
              >
                <IconX size={15} />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      ))}
      {mayWrite && <Assign client={client} taken={assigned.map((one) => one.user_id)} />}
    </Section>
  )
}

function Assign({ client, taken }: { client: Client; taken: string[] }) {
  const { data } = useQuery(technicianUsersQuery)
  const act = useAct(client.id)
  const [chosen, setChosen] = useState('')
  const free = (data?.items ?? []).filter((user) => !taken.includes(user.id!))
  if (free.length === 0) return null
  const nameOfChosen = free.find((user) => user.id === chosen)?.name ?? ''
  const add = () =>
    act(() => assign({ client_id: client.id }, chosen), words.assigned(nameOfChosen)).then(() =>
      setChosen(''),
    )
  return (
    <Group gap={6} mt="sm" wrap="nowrap">
      <NativeSelect
        size="xs"
        style={{ flex: 1 }}
        aria-label={words.choose}
        value={chosen}
        data={[
          { value: '', label: words.choose },
          ...free.map((user) => ({ value: user.id!, label: user.name! })),
        ]}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Button variant="default" disabled={!chosen} onClick={add}>
        {words.assign}
      </Button>
    </Group>
  )
}
