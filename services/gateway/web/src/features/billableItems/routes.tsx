import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/billable-items',
  component: lazyPage(() => import('./list'), 'ItemList'),
})

export const billableItemsRoutes = [list] as const
