import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/bundles',
  component: lazyRouteComponent(() => import('./list'), 'BundleList'),
})

const add = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/bundles/new',
  component: lazyRouteComponent(() => import('./newBundle'), 'NewBundle'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/bundles/$bundleId',
  component: lazyRouteComponent(() => import('./page'), 'BundlePage'),
})

export const bundlesRoutes = [list, add, page] as const
