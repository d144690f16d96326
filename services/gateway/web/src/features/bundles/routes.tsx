import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/bundles',
  component: lazyPage(() => import('./list'), 'BundleList'),
})

const add = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/bundles/new',
  component: lazyPage(() => import('./newBundle'), 'NewBundle'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/bundles/$bundleId',
  component: lazyPage(() => import('./page'), 'BundlePage'),
})

export const bundlesRoutes = [list, add, page] as const
