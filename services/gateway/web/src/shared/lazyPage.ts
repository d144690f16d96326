/** A page that is fetched when it is first opened. */
import { lazyRouteComponent } from '@tanstack/react-router'
import { ApiError } from '@/api/problem'

/**
 * As the router's own, but a page that cannot be fetched is an error like any other, shown inside the frame with "Try
 * again": the router would reload the document, which offline leaves nothing on the screen.
 */
export function lazyPage<Module extends Record<string, unknown>, Name extends keyof Module & string>(
  load: () => Promise<Module>,
  name: Name,
) {
  return lazyRouteComponent(async () => {
    try {
      return await load()
    } catch {
      throw new ApiError(0, {})
    }
  }, name)
}
