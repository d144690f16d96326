import type { ReactNode } from 'react'

export type RowMenuItem = {
  label: string
  icon: ReactNode
  danger?: boolean
  /** Why it cannot be chosen now; the item is shown with this reason. */
  refused?: string | null
  onClick: () => void
}
