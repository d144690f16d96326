import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/time',
  component: lazyPage(() => import('./page'), 'TimeSheetPage'),
})

export const timeSheetsRoutes = [page] as const
