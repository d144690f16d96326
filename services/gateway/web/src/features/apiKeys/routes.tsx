import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/api-keys',
  component: lazyPage(() => import('./list'), 'ApiKeyList'),
})

export const apiKeysRoutes = [list] as const
