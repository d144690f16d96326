import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/service-sets',
  component: lazyPage(() => import('./list'), 'ServiceSetList'),
})

export const serviceSetsRoutes = [list] as const
