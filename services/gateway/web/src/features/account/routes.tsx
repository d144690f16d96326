import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/account',
  component: lazyPage(() => import('./page'), 'AccountPage'),
})

export const accountRoutes = [page] as const
