import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const utilization = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reports/agreement-utilization',
  component: lazyPage(() => import('./utilization'), 'UtilizationReport'),
})

const technicianTime = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reports/technician-time',
  component: lazyPage(() => import('./technicianTime'), 'TechnicianTimeReport'),
})

const unbilledWork = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reports/unbilled-work',
  component: lazyPage(() => import('./unbilledWork'), 'UnbilledWorkReport'),
})

const margin = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reports/margin',
  component: lazyPage(() => import('./margin'), 'MarginReport'),
})

const laborRates = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reports/labor-rates',
  component: lazyPage(() => import('./laborRates'), 'LaborRates'),
})

export const reportsRoutes = [utilization, technicianTime, unbilledWork, margin, laborRates] as const
