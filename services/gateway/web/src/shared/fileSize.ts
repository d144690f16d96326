import { conversation as words } from '@/shared/i18n/en/conversation'

const KIB = 1024

/** "12 kB" or "1.5 MB". */
export function fileSize(bytes: number): string {
  if (bytes < KIB * KIB) return words.kilobytes(Math.max(1, Math.round(bytes / KIB)))
  return words.megabytes((bytes / KIB / KIB).toFixed(1))
}
