import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/audit-log',
  component: lazyPage(() => import('./list'), 'AuditLog'),
})

export const auditLogRoutes = [list] as const
