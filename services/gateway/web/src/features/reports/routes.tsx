import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const utilization = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reports/agreement-utilization',
  component: lazyPage(() => import('./utilization'), 'UtilizationReport'),
})

export const reportsRoutes = [utilization] as const
