import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/tax-codes',
  component: lazyRouteComponent(() => import('./list'), 'TaxCodeList'),
})

export const taxCodesRoutes = [list] as const
