import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/service-sets',
  component: lazyRouteComponent(() => import('./list'), 'ServiceSetList'),
})

export const serviceSetsRoutes = [list] as const
