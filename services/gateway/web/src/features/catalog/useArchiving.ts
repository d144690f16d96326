import { useQueryClient } from '@tanstack/react-query'
import { catalog } from '@/shared/i18n/en/catalog'
import { notifyDone, notifyError } from '@/shared/notify'
import { archiveOne, keepService, restoreOne, type Service } from './queries'

/** Archives an active service and restores an archived one; either can be undone. */
export function useArchiving(service: Service) {
  const queries = useQueryClient()
  const archived = service.status === 'archived'

  async function toggle() {
    const [act, back] = archived ? [restoreOne, archiveOne] : [archiveOne, restoreOne]
    try {
      const saved = await act(service)
      keepService(queries, saved)
      const undo = () => back(saved).then((old) => keepService(queries, old), notifyError)
      notifyDone(archived ? catalog.restored : catalog.archived, undo)
    } catch (error) {
      notifyError(error)
    }
  }

  return { archived, toggle }
}
