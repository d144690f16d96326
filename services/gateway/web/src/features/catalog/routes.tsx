import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog',
  component: lazyRouteComponent(() => import('./list'), 'ServiceList'),
})

const add = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/new',
  component: lazyRouteComponent(() => import('./newService'), 'NewService'),
})

const importing = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/import',
  component: lazyRouteComponent(() => import('./import'), 'ImportServices'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/$serviceId',
  component: lazyRouteComponent(() => import('./page'), 'ServicePage'),
})

const edit = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/$serviceId/edit',
  component: lazyRouteComponent(() => import('./editService'), 'EditService'),
})

export const catalogRoutes = [list, add, importing, page, edit] as const
