import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const importing = createRoute({
  getParentRoute: () => frameRoute,
  path: '/work/import',
  component: lazyPage(() => import('./import'), 'ImportWork'),
})

export const workRoutes = [importing] as const
