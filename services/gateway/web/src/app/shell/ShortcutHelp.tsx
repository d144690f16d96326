import { Kbd, Modal, SimpleGrid, Table, Title } from '@mantine/core'
import { shortcuts } from '@/shared/i18n/en/table'
import { pages } from './pages'

const anywhere: [string, string][] = [
  ['Ctrl K', shortcuts.palette],
  ['/', shortcuts.search],
  ['?', shortcuts.help],
  ...pages.map((page): [string, string] => [`g ${page.key}`, shortcuts.goTo(page.label)]),
]
const lists: [string, string][] = [
  ['j', shortcuts.down],
  ['k', shortcuts.up],
  ['Enter', shortcuts.open],
  ['x', shortcuts.select],
  ['e', shortcuts.edit],
]

export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={shortcuts.title} size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Keys title={shortcuts.anywhere} keys={anywhere} />
        <Keys title={shortcuts.lists} keys={lists} />
      </SimpleGrid>
    </Modal>
  )
}

function Keys({ title, keys }: { title: string; keys: [string, string][] }) {
  return (
    <section>
      <Title order={2} size="sm" mb="xs">
        {title}
      </Title>
      <Table withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>
          {keys.map(([key, what]) => (
            <Table.Tr key={key}>
              <Table.Td>{what}</Table.Td>
              <Table.Td ta="right">
                {key.split(' ').map((part) => (
                  <Kbd key={part} ml={4} size="xs">
                    {part}
                  </Kbd>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
