import { timeApprovals as words } from '@/shared/i18n/en/timeApprovals'
import { Sections } from '@/shared/Sections'
import { useMay } from '@/shared/session/useUser'

/** The pages of time, for managers. */
export function TimeSections() {
  if (!useMay('time.approve')) return null
  return (
    <Sections
      label={words.sections.label}
      parts={[
        ['/time', words.sections.sheet],
        ['/time/approvals', words.title],
      ]}
    />
  )
}
