/** What can be done with a service, in its row and on its page. */
import { ActionIcon } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { catalog } from '@/shared/i18n/en/catalog'
import { lazyPart } from '@/shared/lazyPart'
import type { Service } from './queries'

const Opened = lazyPart(
  async () => (await import('./openedMenu')).OpenedMenu,
  <ActionIcon loading aria-hidden />,
)
const CloneDialog = lazyPart(async () => (await import('./cloneDialog')).CloneDialog)
const DeleteDialog = lazyPart(async () => (await import('./deleteDialog')).DeleteDialog)

export type Opening = 'clone' | 'delete'

type Props = {
  service: Service
  variant?: 'subtle' | 'default'
  /** After its deletion, where its page can no longer stand. */
  onGone?: () => void
}

/** Menus are many in a list and seldom opened: only the button is drawn until it is pressed. */
export function ServiceMenu({ service, variant = 'subtle', onGone }: Props) {
  const [wanted, setWanted] = useState(false)
  const [dialog, setDialog] = useState<Opening | null>(null)
  const close = () => setDialog(null)
  const button = {
    'aria-label': catalog.actionsOf(service.name),
    variant,
    size: variant === 'default' ? 30 : 26,
  }
  return (
    <>
      {wanted ? (
        <Opened service={service} button={button} onOpen={setDialog} />
      ) : (
        <ActionIcon {...button} aria-haspopup="menu" onClick={() => setWanted(true)}>
          <IconDots size={16} />
        </ActionIcon>
      )}
      {dialog === 'clone' && <CloneDialog service={service} onClose={close} />}
      {dialog === 'delete' && <DeleteDialog service={service} onClose={close} onGone={onGone} />}
    </>
  )
}
