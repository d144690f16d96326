/** A key that makes one intended write happen at most once, however often it is sent. */
export function idempotencyKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export const once = () => ({ 'Idempotency-Key': idempotencyKey() })

/** Refuses an edit made on a stale copy: the server answers 412 when the object has moved on. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })
