import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/roles',
  component: lazyPage(() => import('./page'), 'RolesPage'),
})

export const rolesRoutes = [page] as const
