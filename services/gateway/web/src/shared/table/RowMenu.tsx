/** "⋮" at the end of a row or beside a page's title. */
import { ActionIcon } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { lazyPart } from '@/shared/lazyPart'
import type { RowMenuItem } from './rowMenuItem'

const OpenedRowMenu = lazyPart(
  async () => (await import('./OpenedRowMenu')).OpenedRowMenu,
  <ActionIcon loading aria-hidden />,
)

type Props = { label: string; items: RowMenuItem[]; variant?: 'subtle' | 'default' }

/** Menus are many in a list and seldom opened: only the button is drawn until it is pressed. */
export function RowMenu({ label, items, variant = 'subtle' }: Props) {
  const [wanted, setWanted] = useState(false)
  const button = {
    'aria-label': label,
    'data-row-menu': true,
    variant,
    size: variant === 'default' ? 30 : 26,
  }
  if (wanted) return <OpenedRowMenu items={items} button={button} />
  return (
    <ActionIcon {...button} aria-haspopup="menu" onClick={() => setWanted(true)}>
      <IconDots size={16} />
    </ActionIcon>
  )
}
