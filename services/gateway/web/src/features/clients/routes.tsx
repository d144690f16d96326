import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients',
  component: lazyRouteComponent(() => import('./list'), 'ClientList'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients/$clientId',
  component: lazyRouteComponent(() => import('./page'), 'ClientPage'),
})

const duplicates = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients/duplicates',
  component: lazyRouteComponent(() => import('./duplicates'), 'Duplicates'),
})

const tags = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients/tags',
  component: lazyRouteComponent(() => import('./tagList'), 'TagList'),
})

const fields = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients/custom-fields',
  component: lazyRouteComponent(() => import('./fieldList'), 'FieldList'),
})

const importing = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients/import',
  component: lazyRouteComponent(() => import('./import'), 'ImportClients'),
})

export const clientsRoutes = [list, page, duplicates, tags, fields, importing] as const
