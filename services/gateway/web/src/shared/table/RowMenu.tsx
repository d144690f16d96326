/** "⋮" at the end of a row or beside a page's title. */
import { ActionIcon } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { lazyPart } from '@/shared/lazyPart'

const OpenedRowMenu = lazyPart(
  async () => (await import('./OpenedRowMenu')).OpenedRowMenu,
  <ActionIcon loading aria-hidden />,
)

export type RowMenuItem = {
  label: string
  icon: ReactNode
  danger?: boolean
  /** Why it cannot be chosen now; the item is shown with this reason. */
  refused?: string | null
  onClick: () => void
}

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
