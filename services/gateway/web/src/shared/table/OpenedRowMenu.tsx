import { ActionIcon, type ActionIconProps, Menu, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { Fragment } from 'react'
import type { RowMenuItem } from './rowMenuItem'

/** Drawn outside the list, which would cut it off, and inside the page's main part, where it belongs. */
const outside = { withinPortal: true, portalProps: { target: '#main' } }

export function OpenedRowMenu({ items, button }: { items: RowMenuItem[]; button: ActionIconProps }) {
  return (
    <Menu defaultOpened {...outside}>
      <Menu.Target>
        <ActionIcon {...button}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map((item) => (
          <Fragment key={item.label}>
            {item.danger && items.length > 1 && <Menu.Divider />}
            <Menu.Item leftSection={item.icon} disabled={Boolean(item.refused)} onClick={item.onClick}>
              {item.danger && !item.refused ? (
                <Text span inherit c="var(--mantine-color-error)">
                  {item.label}
                </Text>
              ) : (
                item.label
              )}
              {item.refused && (
                <Text size="xs" maw="16rem" style={{ whiteSpace: 'normal' }}>
                  {item.refused}
                </Text>
              )}
            </Menu.Item>
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
