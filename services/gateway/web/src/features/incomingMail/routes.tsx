import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/work-orders/email',
  component: lazyPage(() => import('./list'), 'IncomingMail'),
})

export const incomingMailRoutes = [list] as const
