/** "1.5h acme firewall" and Enter: finds the open work order and opens the dialog with what was typed. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { timeSheets } from '@/shared/i18n/en/timeSheets'
import { lazyPart } from '@/shared/lazyPart'
import { formatQuantity } from '@/shared/money'
import { errorText } from '@/shared/notify'
import { Section } from '@/shared/Section'
import { findEntry, type QuickMatch, type QuickMatches } from './queries'

const TimeDialog = lazyPart(async () => (await import('@/features/workOrders/timeDialog')).TimeDialog)

const words = timeSheets.quick

export function QuickEntry() {
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [found, setFound] = useState<QuickMatches | null>(null)
  const [chosen, setChosen] = useState<QuickMatch | null>(null)

  async function find(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const answer = await findEntry(text)
      setFound(answer)
      setChosen(answer.matches.length === 1 ? answer.matches[0]! : null)
      if (answer.matches.length === 0) setProblem(words.none)
    } catch (error) {
      setFound(null)
      setProblem(errorText(error))
    } finally {
      setBusy(false)
    }
  }

  function close() {
    setChosen(null)
    setFound(null)
  }

  return (
    <Section title={words.title}>
      <form onSubmit={find} noValidate>
        <Group align="flex-start" wrap="nowrap" gap="xs">
          <TextInput
            style={{ flex: 1 }}
            aria-label={words.title}
            placeholder={words.example}
            maxLength={300}
            autoComplete="off"
            value={text}
            error={problem}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" loading={busy} disabled={text.trim() === ''}>
            {words.find}
          </Button>
        </Group>
      </form>
      {found && found.matches.length > 1 && (
        <Stack gap={6} mt="sm">
          <Text size="xs" c="dimmed">
            {words.which}
          </Text>
          {found.matches.map((match) => (
            <Button
              key={match.order.id}
              variant="default"
              size="sm"
              justify="flex-start"
              onClick={() => setChosen(match)}
            >
              {words.match(match.order.subject!, match.order.client_name ?? '')}
            </Button>
          ))}
        </Stack>
      )}
      {chosen && found && (
        <TimeDialog
          order={chosen.order}
          start={{
            hours: formatQuantity(found.hours),
            ...(chosen.service_id && { service_id: chosen.service_id }),
          }}
          onClose={close}
        />
      )}
    </Section>
  )
}
