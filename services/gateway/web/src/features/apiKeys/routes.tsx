import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('./list'), 'ApiKeyList'),
})

export const apiKeysRoutes = [list] as const
