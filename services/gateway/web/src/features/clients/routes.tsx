import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients',
  component: lazyPage(() => import('./list'), 'ClientList'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients/$clientId',
  component: lazyPage(() => import('./page'), 'ClientPage'),
})

const duplicates = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients/duplicates',
  component: lazyPage(() => import('./duplicates'), 'Duplicates'),
})

const tags = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients/tags',
  component: lazyPage(() => import('./tagList'), 'TagList'),
})

const fields = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients/custom-fields',
  component: lazyPage(() => import('./fieldList'), 'FieldList'),
})

const importing = createRoute({
  getParentRoute: () => frameRoute,
  path: '/clients/import',
  component: lazyPage(() => import('./import'), 'ImportClients'),
})

export const clientsRoutes = [list, page, duplicates, tags, fields, importing] as const
