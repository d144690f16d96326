import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/agreements',
  component: lazyPage(() => import('./list'), 'AgreementList'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/agreements/$agreementId',
  component: lazyPage(() => import('./page'), 'AgreementPage'),
})

export const agreementsRoutes = [list, page] as const
