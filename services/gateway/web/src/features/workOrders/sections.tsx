import { nav } from '@/shared/i18n/en/common'
import { incomingMail } from '@/shared/i18n/en/incomingMail'
import { orderForms } from '@/shared/i18n/en/orderForms'
import { orderTemplates } from '@/shared/i18n/en/orderTemplates'
import { recurringOrders } from '@/shared/i18n/en/recurringOrders'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { Sections } from '@/shared/Sections'
import { may, type Permission } from '@/shared/session/permissions'
import { useUser } from '@/shared/session/useUser'

type Part = { to: string; label: string; needs?: Permission }

/** Pages of work besides the list, also for the palette. */
export const workParts: Part[] = [
  { to: '/work-orders/board', label: words.board.title },
  { to: '/work-orders/recurring', label: recurringOrders.section },
  { to: '/work-orders/templates', label: orderTemplates.section },
  { to: '/work-orders/forms', label: orderForms.section },
  { to: '/work-orders/email', label: incomingMail.section, needs: 'work.setup' },
  { to: '/work/import', label: nav.importWork, needs: 'time.write' },
]

export function WorkSections() {
  const user = useUser()
  const parts = workParts.filter(({ needs }) => !needs || may(user, needs))
  return (
    <Sections
      label={words.sections.label}
      parts={[['/work-orders', words.sections.list], ...parts.map(({ to, label }) => [to, label] as const)]}
    />
  )
}
