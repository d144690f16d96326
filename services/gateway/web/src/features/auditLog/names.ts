import { auditLog as words } from '@/shared/i18n/en/administration'
import type { AuditEntry } from './queries'

/** Who did it. */
export const nameOf = (entry: AuditEntry) => entry.actor_name ?? words.system
