/** The two routes every feature hangs on: the root, and the frame that only signed-in staff get. */
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router'
import { lazyPage } from '@/shared/lazyPage'
import { isClientUser } from '@/shared/session/permissions'
import { sessionQuery } from '@/shared/session/session'
import { RouteError, RouteNotFound } from './errors/RouteError'
import { Shell } from './shell/Shell'

export type RouterContext = { queries: QueryClient }

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  notFoundComponent: RouteNotFound,
  errorComponent: RouteError,
})

export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  component: Shell,
  errorComponent: RouteError,
  notFoundComponent: RouteNotFound,
  beforeLoad: async ({ context, location }) => {
    const user = await context.queries.ensureQueryData(sessionQuery)
    if (!user) throw redirect({ to: '/login', search: { next: location.href } })
    if (isClientUser(user)) throw redirect({ href: '/portal', reloadDocument: true })
  },
})

/** An unknown address, shown inside the frame so that the way on is at hand. */
export const elsewhereRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '$',
  component: RouteNotFound,
})

export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search): { next?: string } =>
    typeof search.next === 'string' ? { next: search.next } : {},
  component: lazyPage(() => import('./auth/LoginPage'), 'LoginPage'),
})
