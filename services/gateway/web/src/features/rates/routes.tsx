import { createRoute } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'
import { lazyPage } from '@/shared/lazyPage'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/rates',
  component: lazyPage(() => import('./list'), 'RateList'),
})

const reviews = createRoute({
  getParentRoute: () => frameRoute,
  path: '/rates/reviews',
  component: lazyPage(() => import('./reviews'), 'RateReviews'),
})

export const ratesRoutes = [list, reviews] as const
