import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/invoice-runs',
  component: lazyPage(() => import('./list'), 'RunList'),
})

const start = createRoute({
  getParentRoute: () => frameRoute,
  path: '/invoice-runs/new',
  component: lazyPage(() => import('./new'), 'NewRun'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/invoice-runs/$runId',
  component: lazyPage(() => import('./page'), 'RunPage'),
})

export const invoiceRunsRoutes = [list, start, page] as const
