import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/users',
  component: lazyPage(() => import('./list'), 'UserList'),
})

export const usersRoutes = [list] as const
