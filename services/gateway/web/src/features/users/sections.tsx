/** The way between the pages of the administration. */
import { administration as words } from '@/shared/i18n/en/administration'
import { Sections } from '@/shared/Sections'

export const administrationParts = [
  ['/users', words.users],
  ['/roles', words.roles],
  ['/api-keys', words.apiKeys],
  ['/settings', words.settings],
  ['/audit-log', words.auditLog],
  ['/tasks', words.tasks],
] as const

export function AdministrationSections() {
  return <Sections label={words.label} parts={administrationParts} />
}
