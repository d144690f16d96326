/** Deletes what nobody ever used; what is in use is said so, with the counts, and archiving offered instead. */
import { Alert } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '@/api/problem'
import { ConfirmDialog } from '@/shared/form/ConfirmDialog'
import { catalog } from '@/shared/i18n/en/catalog'
import { errorText, notifyDone } from '@/shared/notify'
import { deleteOne, type Service, serviceQuery, servicesKey } from './queries'
import { useArchiving } from './useArchiving'

type Props = { service: Service; onClose: () => void; onGone?: () => void }

export function DeleteDialog({ service, onClose, onGone }: Props) {
  const queries = useQueryClient()
  const { archived, toggle } = useArchiving(service)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<unknown>(null)
  const inUse = refused instanceof ApiError && refused.status === 409
  const known = service.client_count + service.agreement_count > 0

  async function remove() {
    setBusy(true)
    try {
      await deleteOne(service)
      onClose()
      onGone?.()
      queries.removeQueries({ queryKey: serviceQuery(service.id).queryKey })
      queries.invalidateQueries({ queryKey: [...servicesKey, 'list'] })
      notifyDone(catalog.deleted(service.name))
    } catch (error) {
      setRefused(error)
      queries.invalidateQueries({ queryKey: servicesKey })
    } finally {
      setBusy(false)
    }
  }

  async function archiveInstead() {
    onClose()
    await toggle()
  }

  const offered = inUse && !archived
  return (
    <ConfirmDialog
      title={inUse ? catalog.inUseTitle(service.name) : catalog.deleteTitle(service.name)}
      text={inUse ? undefined : catalog.deleteText}
      action={offered ? catalog.archiveInstead : catalog.delete}
      danger={!offered}
      busy={busy}
      onConfirm={offered ? archiveInstead : remove}
      onClose={onClose}
    >
      {refused !== null && (
        <Alert color={inUse ? 'orange' : 'red'} role="alert">
          {errorText(refused)}
        </Alert>
      )}
      {refused === null && known && (
        <Alert color="orange">{catalog.usedBy(service.client_count, service.agreement_count)}</Alert>
      )}
    </ConfirmDialog>
  )
}
