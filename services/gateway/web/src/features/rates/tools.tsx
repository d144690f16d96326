/** What is true of the whole card, and what can be done with it. */
import { Button, Group, Text } from '@mantine/core'
import { IconCopy, IconPlus, IconStack2 } from '@tabler/icons-react'
import { useState } from 'react'
import { rateLists, rates } from '@/shared/i18n/en/rates'
import { lazyPart } from '@/shared/lazyPart'
import type { CardClient } from './cardClient'
import type { ClientService } from './queries'
import { kindOf } from './rateBadge'

const CopyCard = lazyPart(async () => (await import('./copyCard')).CopyCard)
const ApplySet = lazyPart(async () => (await import('./applySet')).ApplySet)
const CustomService = lazyPart(async () => (await import('./customService')).CustomService)

type Props = { client: CardClient; rows: ClientService[]; mayWrite: boolean }

export function CardTools({ client, rows, mayWrite }: Props) {
  const [open, setOpen] = useState<'copy' | 'set' | 'custom' | null>(null)
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
            leftSection={<IconCopy aria-hidden size={15} />}
            onClick={() => setOpen('copy')}
          >
            {rateLists.copy}
          </Button>
          <Button
            variant="default"
            leftSection={<IconStack2 aria-hidden size={15} />}
            onClick={() => setOpen('set')}
          >
            {rateLists.setOpen}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlus aria-hidden size={15} />}
            onClick={() => setOpen('custom')}
          >
            {rates.addCustom}
          </Button>
        </Group>
      )}
      {open === 'copy' && <CopyCard client={client} onClose={() => setOpen(null)} />}
      {open === 'set' && <ApplySet client={client} onClose={() => setOpen(null)} />}
      {open === 'custom' && <CustomService client={client} onClose={() => setOpen(null)} />}
    </Group>
  )
}
