import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/categories',
  component: lazyPage(() => import('./list'), 'CategoryList'),
})

export const categoriesRoutes = [list] as const
