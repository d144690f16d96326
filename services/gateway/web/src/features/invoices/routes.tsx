import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/invoices',
  component: lazyRouteComponent(() => import('./list'), 'InvoiceList'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/invoices/$invoiceId',
  component: lazyRouteComponent(() => import('./page'), 'InvoicePage'),
})

export const invoicesRoutes = [list, page] as const
