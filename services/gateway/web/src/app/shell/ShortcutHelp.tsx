import { Kbd, SimpleGrid, Table, Title } from '@mantine/core'
import { Dialog } from '@/shared/form/Dialog'
import { shortcuts } from '@/shared/i18n/en/table'
import { ACTS } from '@/shared/table/useTableKeys'
import { pages } from './pages'

const anywhere: [string, string][] = [
  ['Ctrl K', shortcuts.palette],
  ['/', shortcuts.search],
  ['?', shortcuts.help],
  ...pages.map((page): [string, string] => [`g ${page.key}`, shortcuts.goTo(page.label)]),
]
const lists: [key: string, what: string, where: string][] = [
  ['j', shortcuts.down, '[data-row]'],
  ['k', shortcuts.up, '[data-row]'],
  ['Enter', shortcuts.open, '[data-row-link]'],
  ['x', shortcuts.select, ACTS.select],
  ['e', shortcuts.edit, ACTS.edit],
]

/** Only what the list on this page can do. Where there is none, all are shown: they work on the lists elsewhere. */
function keysHere(): [string, string][] {
  const main = document.querySelector('main')
  const here = lists.filter(([, , where]) => main?.querySelector(where))
  return (here.length > 0 ? here : lists).map(([key, what]) => [key, what])
}

export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title={shortcuts.title} size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Keys title={shortcuts.anywhere} keys={anywhere} />
        <Keys title={shortcuts.lists} keys={keysHere()} />
      </SimpleGrid>
    </Dialog>
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
