/** The client portal's own small route tree; it shares parts with the staff pages, never their chunks of staff code. */
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { ApiError } from '@/api/problem'
import { RouteError } from '@/app/errors/RouteError'
import { parseSearch, stringifySearch } from '@/app/search'
import { lazyPage } from '@/shared/lazyPage'
import { sessionQuery } from '@/shared/session/session'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { PortalShell } from './PortalShell'

const NotFound = () => <ErrorState error={new ApiError(404, {})} level={1} />

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  notFoundComponent: NotFound,
  errorComponent: RouteError,
})

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyPage(() => import('./login'), 'PortalLogin'),
})

const sign = createRoute({
  getParentRoute: () => root,
  path: '/sign',
  component: lazyPage(() => import('./sign'), 'SignPage'),
})

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: PortalShell,
  errorComponent: RouteError,
  beforeLoad: async ({ context }) => {
    const user = await context.queries.ensureQueryData(sessionQuery)
    if (!user) throw redirect({ to: '/login' as never })
  },
})

const invoices = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyPage(() => import('./list'), 'PortalInvoices'),
})

const invoice = createRoute({
  getParentRoute: () => frame,
  path: '/invoices/$invoiceId',
  component: lazyPage(() => import('./page'), 'PortalInvoice'),
})

const account = createRoute({
  getParentRoute: () => frame,
  path: '/account',
  component: lazyPage(() => import('@/features/account/page'), 'AccountPage'),
})

const statement = createRoute({
  getParentRoute: () => frame,
  path: '/statement',
  component: lazyPage(() => import('./statement'), 'PortalStatement'),
})

const agreements = createRoute({
  getParentRoute: () => frame,
  path: '/agreements',
  component: lazyPage(() => import('./agreements'), 'PortalAgreements'),
})

const agreement = createRoute({
  getParentRoute: () => frame,
  path: '/agreements/$agreementId',
  component: lazyPage(() => import('./agreement'), 'PortalAgreement'),
})

const orders = createRoute({
  getParentRoute: () => frame,
  path: '/work-orders',
  component: lazyPage(() => import('./orders'), 'PortalOrders'),
})

const order = createRoute({
  getParentRoute: () => frame,
  path: '/work-orders/$workOrderId',
  component: lazyPage(() => import('./order'), 'PortalOrder'),
})

const pages = [invoices, invoice, statement, agreements, agreement, orders, order, account]

export function makePortalRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([login, sign, frame.addChildren(pages)]),
    basepath: '/portal',
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: RouteError,
    scrollRestoration: true,
  })
}
