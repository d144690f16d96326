/** The signed-in user's timers. They live on the server, so every device shows the same. */
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { discardTimer, listTimers, pauseTimer, resumeTimer, startTimer, stopTimer } from '@/api/gen'
import { once } from '@/api/keys'
import type { NewTime } from '@/features/workOrders/queries'
import { notifyError } from '@/shared/notify'

export type Timer = gen.ListTimersResponse['items'][number]

const OFTEN_MS = 60_000
const key = ['timers'] as const

export const timersQuery = queryOptions({
  queryKey: key,
  queryFn: ({ signal }) => listTimers({ signal }),
  refetchInterval: OFTEN_MS,
})

export const refreshTimers = (queries: QueryClient) => queries.invalidateQueries({ queryKey: key })

const path = ({ id }: Timer) => ({ timer_id: id })

export const begin = (work_order_id: string) =>
  startTimer({ body: { work_order_id, pause_others: true }, headers: once() })

export const pause = (timer: Timer) => pauseTimer({ path: path(timer), headers: once() })

export const resume = (timer: Timer) =>
  resumeTimer({ path: path(timer), body: { pause_others: true }, headers: once() })

export const discard = (timer: Timer) => discardTimer({ path: path(timer) })

export const stop = (timer: Timer, body: NewTime, key: string) =>
  stopTimer({ path: path(timer), body, headers: { 'Idempotency-Key': key } })

/** A change of timers, after which all are read again, also when it failed. */
export function useTimerChange<Of, Result>(change: (of: Of) => Promise<Result>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: change, onError: notifyError, onSettled: () => refreshTimers(queries) })
}
