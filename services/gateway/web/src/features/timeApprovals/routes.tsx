import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/time/approvals',
  component: lazyPage(() => import('./page'), 'TimeApprovals'),
})

export const timeApprovalsRoutes = [page] as const
