import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/agreements',
  component: lazyPage(() => import('./list'), 'AgreementList'),
})

const page = createRoute({
  getParentRoute: () => frameRoute,
  path: '/agreements/$agreementId',
  component: lazyPage(() => import('./page'), 'AgreementPage'),
})

const create = createRoute({
  getParentRoute: () => frameRoute,
  path: '/agreements/new',
  component: lazyPage(() => import('./newAgreement'), 'NewAgreement'),
})

const edit = createRoute({
  getParentRoute: () => frameRoute,
  path: '/agreements/$agreementId/edit',
  component: lazyPage(() => import('./editAgreement'), 'EditAgreement'),
})

const decisions = createRoute({
  getParentRoute: () => frameRoute,
  path: '/agreements/decisions',
  component: lazyPage(() => import('./decisions'), 'AgreementDecisions'),
})

const whatIf = createRoute({
  getParentRoute: () => frameRoute,
  path: '/agreements/what-if',
  component: lazyPage(() => import('./whatIf'), 'WhatIf'),
})

export const agreementsRoutes = [list, create, decisions, whatIf, page, edit] as const
