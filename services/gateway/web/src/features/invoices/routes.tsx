import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/invoices',
  component: lazyPage(() => import('./list'), 'InvoiceList'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/invoices/$invoiceId',
  component: lazyPage(() => import('./page'), 'InvoicePage'),
})

export const invoicesRoutes = [list, page] as const
