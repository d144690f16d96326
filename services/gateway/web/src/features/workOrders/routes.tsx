import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/work-orders',
  component: lazyPage(() => import('./list'), 'WorkOrderList'),
})

const board = createRoute({
  getParentRoute: () => frameRoute,
  path: '/work-orders/board',
  component: lazyPage(() => import('./board'), 'Board'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/work-orders/$workOrderId',
  component: lazyPage(() => import('./page'), 'WorkOrderPage'),
})

export const workOrdersRoutes = [list, board, page] as const
