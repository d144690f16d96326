import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/work-orders/forms',
  component: lazyPage(() => import('./list'), 'OrderFormList'),
})

export const orderFormsRoutes = [list] as const
