import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  component: lazyPage(() => import('./page'), 'DashboardPage'),
})

export const dashboardRoutes = [page] as const
