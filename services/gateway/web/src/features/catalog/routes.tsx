import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog',
  component: lazyRouteComponent(() => import('./list'), 'ServiceList'),
})

export const catalogRoutes = [list] as const
