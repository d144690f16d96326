import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/tax-codes',
  component: lazyPage(() => import('./list'), 'TaxCodeList'),
})

export const taxCodesRoutes = [list] as const
