import { common } from '@/shared/i18n/en/common'
import { notifyDone, notifyError } from '@/shared/notify'

type Archivable = { status: string } & ({ name: string } | { label: string })

type Ways<T> = {
  archive: (one: T) => Promise<T>
  restore: (one: T) => Promise<T>
  /** Puts the server's answer where it is shown. */
  keep: (saved: T) => void
}

/** Archives what is active and restores what is archived; either can be undone. */
export async function toggleArchived<T extends Archivable>(one: T, { archive, restore, keep }: Ways<T>) {
  const archived = one.status === 'archived'
  const name = 'name' in one ? one.name : one.label
  const [act, back] = archived ? [restore, archive] : [archive, restore]
  try {
    const saved = await act(one)
    keep(saved)
    const undo = () => back(saved).then(keep, notifyError)
    notifyDone(archived ? common.restored(name) : common.archived(name), undo)
  } catch (error) {
    notifyError(error)
  }
}
