/** Attributes of subscriptions as people type them, and as requests carry them. */
import { readDecimal, readWhole } from '@/shared/numbers'

export type AttributeValue = string | number | boolean | string[] | DnsRecord[] | null
export type DnsRecord = { type: string; name: string; value: string; ttl?: number; priority?: number }

const WITH_PRIORITY = ['MX', 'SRV']
const WHOLE = /^\d{1,9}$/

/** What is typed as the attribute's type; what cannot be is left as text, and the server says what would be right. */
export function readAttribute(type: string, text: string): AttributeValue {
  const bare = text.trim()
  if (!bare) return null
  if (type === 'integer') return readWhole(bare) ?? bare
  if (type === 'number') return readDecimal(bare, { kind: 'quantity' }) ?? bare
  if (type === 'dns_records') return bare.split('\n').filter(Boolean).map(readRecord)
  if (isList(type))
    return bare
      .split(/[,;\n]/)
      .map((entry) => entry.trim())
      .filter(Boolean)
  return bare
}

export function shownAttribute(value: AttributeValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (!Array.isArray(value)) return String(value)
  return value.every((entry) => typeof entry === 'string')
    ? value.join(', ')
    : (value as DnsRecord[]).map(shownRecord).join('\n')
}

export const isList = (type: string) => ['hostnames', 'ip_addresses', 'phone_numbers'].includes(type)

/** "@ 3600 MX 10 mail.example.net" as a record; the TTL may be left out. */
export function readRecord(line: string): DnsRecord {
  const parts = line.trim().split(/\s+/)
  const name = parts.shift() ?? ''
  const ttl = WHOLE.test(parts[0] ?? '') ? readWhole(parts.shift()!)! : undefined
  const type = (parts.shift() ?? '').toUpperCase()
  const hasPriority = WITH_PRIORITY.includes(type) && WHOLE.test(parts[0] ?? '')
  const priority = hasPriority ? readWhole(parts.shift()!)! : undefined
  return {
    type,
    name,
    value: parts.join(' '),
    ...(ttl !== undefined && { ttl }),
    ...(priority !== undefined && { priority }),
  }
}

export const shownRecord = ({ name, ttl, type, priority, value }: DnsRecord) =>
  [name, ttl, type, priority, value].filter((part) => part !== undefined && part !== null).join(' ')
