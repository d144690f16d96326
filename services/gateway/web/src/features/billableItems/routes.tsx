import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/billable-items',
  component: lazyRouteComponent(() => import('./list'), 'ItemList'),
})

export const billableItemsRoutes = [list] as const
