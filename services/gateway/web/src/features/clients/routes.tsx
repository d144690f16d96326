import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients',
  component: lazyRouteComponent(() => import('./list'), 'ClientList'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients/$clientId',
  component: lazyRouteComponent(() => import('./page'), 'ClientPage'),
})

export const clientsRoutes = [list, page] as const
