/** The statuses that an order can change to. */
import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import type { WorkOrder } from './queries'
import { useMove } from './useMove'

export function StatusMenu({ order }: { order: WorkOrder }) {
  const move = useMove()
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown aria-hidden size={14} />}>
          {words.changeStatus}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {order.next_statuses.map((status) => (
          <Menu.Item key={status} onClick={() => move(order, status)}>
            {words.status[status]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
