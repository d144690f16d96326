/** A part of a page that is fetched when it is first shown: dialogs, tabs, menus. */
import { type FunctionComponent, lazy, type ReactNode, Suspense } from 'react'

// biome-ignore lint/suspicious/noExplicitAny: React's `lazy` says it so too; callers keep the part's own type
type Any = FunctionComponent<any>

/** The part keeps its type, with the type parameters that it may have. */
export function lazyPart<Part extends Any>(load: () => Promise<Part>, fallback: ReactNode = null): Part {
  const Fetched: Any = lazy(async () => ({ default: await load() })) as Any
  const part: Any = (props) => (
    <Suspense fallback={fallback}>
      <Fetched {...props} />
    </Suspense>
  )
  return part as Part
}
