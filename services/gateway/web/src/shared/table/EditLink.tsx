/** The name of a row that has no page of its own: it opens the form, for those who may change it. */
import { Anchor, Text } from '@mantine/core'
import type { ReactNode } from 'react'

export function EditLink({ onEdit, children }: { onEdit: (() => void) | null; children: ReactNode }) {
  if (!onEdit)
    return (
      <Text span size="sm" fw={550} tabIndex={-1} data-row-link>
        {children}
      </Text>
    )
  return (
    <Anchor component="button" type="button" size="sm" fw={550} onClick={onEdit} data-row-link data-row-edit>
      {children}
    </Anchor>
  )
}
