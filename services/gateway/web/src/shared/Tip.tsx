/** A tooltip that is fetched after the page: what it explains is drawn at once. */
import type { TooltipProps } from '@mantine/core'
import { lazy, Suspense } from 'react'

const Tooltip = lazy(async () => ({ default: (await import('./Tooltip')).Tooltip }))

export function Tip(props: TooltipProps) {
  return (
    <Suspense fallback={props.children as never}>
      <Tooltip {...props} />
    </Suspense>
  )
}
