import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/tasks',
  component: lazyPage(() => import('./list'), 'TaskList'),
})

export const tasksRoutes = [list] as const
