import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/payments',
  component: lazyRouteComponent(() => import('./list'), 'PaymentList'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/payments/$paymentId',
  component: lazyRouteComponent(() => import('./page'), 'PaymentPage'),
})

export const paymentsRoutes = [list, page] as const
