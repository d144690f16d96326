import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/roles',
  component: lazyRouteComponent(() => import('./page'), 'RolesPage'),
})

export const rolesRoutes = [page] as const
