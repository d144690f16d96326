import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { accountRoutes } from '@/features/account/routes'
import { agreementsRoutes } from '@/features/agreements/routes'
import { apiKeysRoutes } from '@/features/apiKeys/routes'
import { auditLogRoutes } from '@/features/auditLog/routes'
import { billableItemsRoutes } from '@/features/billableItems/routes'
import { bundlesRoutes } from '@/features/bundles/routes'
import { catalogRoutes } from '@/features/catalog/routes'
import { categoriesRoutes } from '@/features/categories/routes'
import { clientsRoutes } from '@/features/clients/routes'
import { dashboardRoutes } from '@/features/dashboard/routes'
import { incomingMailRoutes } from '@/features/incomingMail/routes'
import { invoiceRunsRoutes } from '@/features/invoiceRuns/routes'
import { invoicesRoutes } from '@/features/invoices/routes'
import { mailLogRoutes } from '@/features/mailLog/routes'
import { orderFormsRoutes } from '@/features/orderForms/routes'
import { orderTemplatesRoutes } from '@/features/orderTemplates/routes'
import { paymentsRoutes } from '@/features/payments/routes'
import { ratesRoutes } from '@/features/rates/routes'
import { recurringOrdersRoutes } from '@/features/recurringOrders/routes'
import { reportsRoutes } from '@/features/reports/routes'
import { rolesRoutes } from '@/features/roles/routes'
import { serviceSetsRoutes } from '@/features/serviceSets/routes'
import { settingsRoutes } from '@/features/settings/routes'
import { tasksRoutes } from '@/features/tasks/routes'
import { taxCodesRoutes } from '@/features/taxCodes/routes'
import { timeApprovalsRoutes } from '@/features/timeApprovals/routes'
import { timeSheetsRoutes } from '@/features/timeSheets/routes'
import { usersRoutes } from '@/features/users/routes'
import { workRoutes } from '@/features/work/routes'
import { workOrdersRoutes } from '@/features/workOrders/routes'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { RouteError } from './errors/RouteError'
import { elsewhereRoute, frameRoute, loginRoute, rootRoute } from './routes'
import { parseSearch, stringifySearch } from './search'

const routeTree = rootRoute.addChildren([
  loginRoute,
  frameRoute.addChildren([
    ...dashboardRoutes,
    ...clientsRoutes,
    ...agreementsRoutes,
    ...ratesRoutes,
    ...reportsRoutes,
    ...invoicesRoutes,
    ...invoiceRunsRoutes,
    ...billableItemsRoutes,
    ...paymentsRoutes,
    ...mailLogRoutes,
    ...catalogRoutes,
    ...bundlesRoutes,
    ...serviceSetsRoutes,
    ...categoriesRoutes,
    ...taxCodesRoutes,
    ...usersRoutes,
    ...workRoutes,
    ...workOrdersRoutes,
    ...orderTemplatesRoutes,
    ...orderFormsRoutes,
    ...recurringOrdersRoutes,
    ...incomingMailRoutes,
    ...timeSheetsRoutes,
    ...timeApprovalsRoutes,
    ...rolesRoutes,
    ...apiKeysRoutes,
    ...settingsRoutes,
    ...auditLogRoutes,
    ...tasksRoutes,
    ...accountRoutes,
    elsewhereRoute,
  ]),
])

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: PageSkeleton,
    // below the frame: a page that fails leaves header and navigation in place
    defaultErrorComponent: RouteError,
    defaultPendingMs: 150,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
