import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog',
  component: lazyPage(() => import('./list'), 'ServiceList'),
})

const add = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/new',
  component: lazyPage(() => import('./newService'), 'NewService'),
})

const importing = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/import',
  component: lazyPage(() => import('./import'), 'ImportServices'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/$serviceId',
  component: lazyPage(() => import('./page'), 'ServicePage'),
})

const edit = createRoute({
  getParentRoute: () => frameRoute,
  path: '/catalog/$serviceId/edit',
  component: lazyPage(() => import('./editService'), 'EditService'),
})

export const catalogRoutes = [list, add, importing, page, edit] as const
