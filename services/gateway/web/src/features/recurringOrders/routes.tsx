import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/work-orders/recurring',
  component: lazyPage(() => import('./list'), 'RecurringOrderList'),
})

export const recurringOrdersRoutes = [list] as const
