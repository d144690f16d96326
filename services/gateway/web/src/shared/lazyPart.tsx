/** A part of a page that is fetched when it is first shown: dialogs, tabs, menus. */
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'

export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: ReactNode = null,
): ComponentType<Props> {
  const Part = lazy(async () => ({
    default: (await load()) as ComponentType<object>,
  })) as ComponentType<Props>
  return (props: Props) => (
    <Suspense fallback={fallback}>
      <Part {...props} />
    </Suspense>
  )
}
