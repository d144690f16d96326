import { IconArchive, IconArchiveOff, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toggleArchived } from '@/shared/archiving'
import { bundles as words } from '@/shared/i18n/en/catalogParts'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { RowMenu } from '@/shared/table/RowMenu'
import {
  archiveOne,
  type Bundle,
  bundleQuery,
  bundlesKey,
  deleteOne,
  keepBundle,
  restoreOne,
} from './queries'

const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

type Props = { bundle: Bundle; variant?: 'subtle' | 'default'; onGone?: () => void }

export function BundleMenu({ bundle, variant, onGone }: Props) {
  const queries = useQueryClient()
  const [deleting, setDeleting] = useState(false)
  const archived = bundle.status === 'archived'
  const keep = (saved: Bundle) => keepBundle(queries, saved)
  const toggle = () => toggleArchived(bundle, { archive: archiveOne, restore: restoreOne, keep })

  function gone() {
    onGone?.()
    queries.removeQueries({ queryKey: bundleQuery(bundle.id).queryKey })
    queries.invalidateQueries({ queryKey: [...bundlesKey, 'list'] })
  }

  const items = [
    {
      label: archived ? common.restore : common.archive,
      icon: archived ? <IconArchiveOff {...icon} /> : <IconArchive {...icon} />,
      onClick: toggle,
    },
    { label: common.delete, icon: <IconTrash {...icon} />, danger: true, onClick: () => setDeleting(true) },
  ]
  return (
    <>
      <RowMenu label={common.actionsOf(bundle.name)} items={items} variant={variant} />
      {deleting && (
        <DeleteDialog
          name={bundle.name}
          text={words.deleteText}
          remove={() => deleteOne(bundle)}
          onArchive={archived ? undefined : toggle}
          onGone={gone}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}
