/** The pages of the navigation, the palette and the "g" shortcuts, in one list. */
import {
  IconBuilding,
  IconCash,
  IconChartBar,
  IconClock,
  IconContract,
  IconFileInvoice,
  IconHistory,
  IconLayoutDashboard,
  IconListCheck,
  IconMailForward,
  IconPlayerPlay,
  IconProgress,
  IconReceipt2,
  IconSettings,
  IconTags,
  IconTicket,
  IconUsers,
} from '@tabler/icons-react'
import { nav } from '@/shared/i18n/en/common'
import type { Permission } from '@/shared/session/permissions'

export type PageEntry = {
  to:
    | '/'
    | '/clients'
    | '/agreements'
    | '/work-orders'
    | '/time'
    | '/rates'
    | '/reports/agreement-utilization'
    | '/invoices'
    | '/billable-items'
    | '/invoice-runs'
    | '/payments'
    | '/notifications'
    | '/catalog'
    | '/users'
    | '/audit-log'
    | '/settings'
    | '/tasks'
  label: string
  key: string
  group: string | null
  icon: typeof IconBuilding
  needs?: Permission
}

export const pages: PageEntry[] = [
  { to: '/', label: nav.dashboard, key: 'd', group: null, icon: IconLayoutDashboard },
  { to: '/clients', label: nav.clients, key: 'c', group: nav.groups.work, icon: IconBuilding },
  {
    to: '/agreements',
    label: nav.agreements,
    key: 'e',
    group: nav.groups.work,
    icon: IconContract,
  },
  {
    to: '/work-orders',
    label: nav.workOrders,
    key: 'w',
    group: nav.groups.work,
    icon: IconTicket,
  },
  {
    to: '/time',
    label: nav.timeSheet,
    key: 't',
    group: nav.groups.work,
    icon: IconClock,
    needs: 'time.write',
  },
  {
    to: '/reports/agreement-utilization',
    label: nav.utilization,
    key: 'h',
    group: nav.groups.work,
    icon: IconChartBar,
  },
  {
    to: '/rates',
    label: nav.rates,
    key: 'r',
    group: nav.groups.money,
    icon: IconReceipt2,
    needs: 'money.read',
  },
  {
    to: '/invoices',
    label: nav.invoices,
    key: 'i',
    group: nav.groups.money,
    icon: IconFileInvoice,
    needs: 'invoices.read',
  },
  {
    to: '/billable-items',
    label: nav.billableItems,
    key: 'b',
    group: nav.groups.money,
    icon: IconListCheck,
    needs: 'invoices.read',
  },
  {
    to: '/invoice-runs',
    label: nav.invoiceRuns,
    key: 'n',
    group: nav.groups.money,
    icon: IconPlayerPlay,
    needs: 'invoices.read',
  },
  {
    to: '/payments',
    label: nav.payments,
    key: 'p',
    group: nav.groups.money,
    icon: IconCash,
    needs: 'invoices.read',
  },
  {
    to: '/notifications',
    label: nav.mailLog,
    key: 'm',
    group: nav.groups.money,
    icon: IconMailForward,
    needs: 'mail.read',
  },
  { to: '/catalog', label: nav.catalog, key: 's', group: nav.groups.setup, icon: IconTags },
  {
    to: '/users',
    label: nav.users,
    key: 'u',
    group: nav.groups.setup,
    icon: IconUsers,
    needs: 'users.manage',
  },
  {
    to: '/audit-log',
    label: nav.auditLog,
    key: 'a',
    group: nav.groups.setup,
    icon: IconHistory,
    needs: 'users.manage',
  },
  {
    to: '/settings',
    label: nav.settings,
    key: 'o',
    group: nav.groups.setup,
    icon: IconSettings,
    needs: 'settings.read',
  },
  {
    to: '/tasks',
    label: nav.tasks,
    key: 'k',
    group: nav.groups.setup,
    icon: IconProgress,
    needs: 'users.manage',
  },
]
