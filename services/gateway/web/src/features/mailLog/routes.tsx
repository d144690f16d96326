import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/notifications',
  component: lazyRouteComponent(() => import('./list'), 'MailLog'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/notifications/$notificationId',
  component: lazyRouteComponent(() => import('./page'), 'MailPage'),
})

export const mailLogRoutes = [list, page] as const
