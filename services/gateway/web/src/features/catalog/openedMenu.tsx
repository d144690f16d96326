import { ActionIcon, type ActionIconProps, Menu, Text } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { catalog } from '@/shared/i18n/en/catalog'
import type { Service } from './queries'
import type { Opening } from './serviceMenu'
import { useArchiving } from './useArchiving'

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

type Props = { service: Service; button: ActionIconProps; onOpen: (what: Opening) => void }

export function OpenedMenu({ service, button, onOpen }: Props) {
  const navigate = useNavigate()
  const { archived, toggle } = useArchiving(service)
  return (
    <Menu defaultOpened withinPortal portalProps={{ target: '#main' }}>
      <Menu.Target>
        <ActionIcon {...button}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPencil {...icon} />}
          onClick={() => navigate({ to: '/catalog/$serviceId/edit', params: { serviceId: service.id } })}
        >
          {catalog.edit}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => onOpen('clone')}>
          {catalog.clone}
        </Menu.Item>
        <Menu.Item
          leftSection={archived ? <IconArchiveOff {...icon} /> : <IconArchive {...icon} />}
          onClick={toggle}
        >
          {archived ? catalog.restore : catalog.archive}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => onOpen('delete')}>
          <Text span inherit c="var(--mantine-color-error)">
            {catalog.delete}
          </Text>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
