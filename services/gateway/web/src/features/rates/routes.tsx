import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '@/app/routes'

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: '/rates',
  component: lazyRouteComponent(() => import('./list'), 'RateList'),
})

const reviews = createRoute({
  getParentRoute: () => frameRoute,
  path: '/rates/reviews',
  component: lazyRouteComponent(() => import('./reviews'), 'RateReviews'),
})

export const ratesRoutes = [list, reviews] as const
