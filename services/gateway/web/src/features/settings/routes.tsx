import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings',
  component: lazyPage(() => import('./page'), 'SettingsPage'),
})

export const settingsRoutes = [page] as const
