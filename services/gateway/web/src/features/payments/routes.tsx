import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/payments',
  component: lazyPage(() => import('./list'), 'PaymentList'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/payments/$paymentId',
  component: lazyPage(() => import('./page'), 'PaymentPage'),
})

export const paymentsRoutes = [list, page] as const
