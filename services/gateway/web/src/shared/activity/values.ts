/** What the audit log recorded, for people: "tax_code_id" → "Tax code", lists joined, nothing as a dash. */
const LONGEST = 200

export function fieldName(key: string): string {
  const words = key.replace(/_ids?$/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function shownValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (Array.isArray(value)) return value.length === 0 ? '—' : shortened(value.map(shownValue).join('; '))
  if (typeof value === 'object')
    return shortened(
      Object.entries(value)
        .map(([key, inner]) => `${fieldName(key)} ${shownValue(inner)}`)
        .join(', '),
    )
  return shortened(String(value))
}

const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
