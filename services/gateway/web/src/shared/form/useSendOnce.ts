/**
 * Makes one intended write happen once, however often it is tried: the key lasts until the server refuses the
 * request (4xx: nothing was written, and a corrected body needs a key of its own).
 */
import { useRef } from 'react'
import { idempotencyKey } from '@/api/keys'
import { ApiError } from '@/api/problem'

export function useSendOnce() {
  const key = useRef(idempotencyKey())
  return async <Saved>(send: (key: string) => Promise<Saved>): Promise<Saved> => {
    try {
      return await send(key.current)
    } catch (error) {
      if (error instanceof ApiError && error.status >= 400 && error.status < 500)
        key.current = idempotencyKey()
      throw error
    }
  }
}
