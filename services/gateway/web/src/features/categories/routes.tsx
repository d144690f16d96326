import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/categories',
  component: lazyRouteComponent(() => import('./list'), 'CategoryList'),
})

export const categoriesRoutes = [list] as const
