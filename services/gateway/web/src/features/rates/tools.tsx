/** What is true of the whole card, and what can be done with it. */
import { Button, Group, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { rates } from '@/shared/i18n/en/rates'
import { lazyPart } from '@/shared/lazyPart'
import type { CardClient } from './editor'
import type { ClientService } from './queries'
import { kindOf } from './rateBadge'

const CustomService = lazyPart(async () => (await import('./customService')).CustomService)

type Props = { client: CardClient; rows: ClientService[]; mayWrite: boolean }

export function CardTools({ client, rows, mayWrite }: Props) {
  const [open, setOpen] = useState<'custom' | null>(null)
  const count = (kind: ReturnType<typeof kindOf>) => rows.filter((row) => kindOf(row) === kind).length
  const included = rows.filter((row) => row.included).length
  return (
    <Group justify="space-between" mb="sm">
      <Text size="sm" c="dimmed">
        {rates.counts(included, count('custom'), count('service'))}
      </Text>
      {mayWrite && (
        <Group gap={6}>
          <Button
            variant="default"
            leftSection={<IconPlus aria-hidden size={15} />}
            onClick={() => setOpen('custom')}
          >
            {rates.addCustom}
          </Button>
        </Group>
      )}
      {open === 'custom' && <CustomService client={client} onClose={() => setOpen(null)} />}
    </Group>
  )
}
