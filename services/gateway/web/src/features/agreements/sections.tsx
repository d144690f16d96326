import { agreementDecisions as words } from '@/shared/i18n/en/agreementDecisions'
import { Sections } from '@/shared/Sections'

/** Pages of agreements besides the list, also for the palette. */
export const agreementParts = [['/agreements/decisions', words.section]] as const

export function AgreementSections() {
  return <Sections label={words.sections} parts={[['/agreements', words.list], ...agreementParts]} />
}
