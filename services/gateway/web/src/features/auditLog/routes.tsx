import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/audit-log',
  component: lazyRouteComponent(() => import('./list'), 'AuditLog'),
})

export const auditLogRoutes = [list] as const
