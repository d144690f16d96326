import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/invoice-runs',
  component: lazyRouteComponent(() => import('./list'), 'RunList'),
})

const start = createRoute({
  getParentRoute: () => frameRoute,
  path: '/invoice-runs/new',
  component: lazyRouteComponent(() => import('./new'), 'NewRun'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/invoice-runs/$runId',
  component: lazyRouteComponent(() => import('./page'), 'RunPage'),
})

export const invoiceRunsRoutes = [list, start, page] as const
