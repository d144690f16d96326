/** What can be done with a service, in its row and on its page. */
import { IconArchive, IconArchiveOff, IconCopy, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { toggleArchived } from '@/shared/archiving'
import { catalog } from '@/shared/i18n/en/catalog'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { RowMenu } from '@/shared/table/RowMenu'
import { archiveOne, deleteOne, forgetService, keepService, restoreOne, type Service } from './queries'

const CloneDialog = lazyPart(async () => (await import('./cloneDialog')).CloneDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function useServiceArchiving(service: Service) {
  const queries = useQueryClient()
  const keep = (saved: Service) => keepService(queries, saved)
  return () => toggleArchived(service, { archive: archiveOne, restore: restoreOne, keep })
}

type Props = {
  service: Service
  variant?: 'subtle' | 'default'
  /** After its deletion, where its page can no longer stand. */
  onGone?: () => void
}

export function ServiceMenu({ service, variant, onGone }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const toggle = useServiceArchiving(service)
  const [dialog, setDialog] = useState<'clone' | 'delete' | null>(null)
  const close = () => setDialog(null)
  const archived = service.status === 'archived'
  const used = service.client_count + service.agreement_count > 0

  function gone() {
    onGone?.()
    forgetService(queries, service)
  }

  const items = [
    {
      label: common.edit,
      icon: <IconPencil {...icon} />,
      onClick: () => navigate({ to: '/catalog/$serviceId/edit', params: { serviceId: service.id } }),
    },
    { label: catalog.clone, icon: <IconCopy {...icon} />, onClick: () => setDialog('clone') },
    {
      label: archived ? common.restore : common.archive,
      icon: archived ? <IconArchiveOff {...icon} /> : <IconArchive {...icon} />,
      onClick: toggle,
    },
    { label: common.delete, icon: <IconTrash {...icon} />, danger: true, onClick: () => setDialog('delete') },
  ]
  return (
    <>
      <RowMenu label={common.actionsOf(service.name)} items={items} variant={variant} />
      {dialog === 'clone' && <CloneDialog service={service} onClose={close} />}
      {dialog === 'delete' && (
        <DeleteDialog
          name={service.name}
          text={catalog.deleteText}
          warning={used ? catalog.usedBy(service.client_count, service.agreement_count) : undefined}
          remove={() => deleteOne(service)}
          onArchive={archived ? undefined : toggle}
          onGone={gone}
          onClose={close}
        />
      )}
    </>
  )
}
