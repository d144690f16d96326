import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/work-orders/templates',
  component: lazyPage(() => import('./list'), 'OrderTemplateList'),
})

export const orderTemplatesRoutes = [list] as const
