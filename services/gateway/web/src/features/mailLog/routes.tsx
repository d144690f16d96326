import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/notifications',
  component: lazyPage(() => import('./list'), 'MailLog'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/notifications/$notificationId',
  component: lazyPage(() => import('./page'), 'MailPage'),
})

export const mailLogRoutes = [list, page] as const
