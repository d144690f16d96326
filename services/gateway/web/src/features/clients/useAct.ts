import { notifyDone, notifyError } from '@/shared/notify'
import { useRefresh } from './parts'

/** Does one thing to a part of a client, shows what became of it, and offers to take it back where that can be done. */
export function useAct(clientId: string) {
  const refresh = useRefresh(clientId)
  return async (run: () => Promise<unknown>, done: string, undo?: () => Promise<unknown>) => {
    try {
      await run()
      await refresh()
      notifyDone(done, undo && (() => undo().then(refresh, notifyError)))
    } catch (error) {
      notifyError(error)
    }
  }
}
