/** What a role is shown. The server decides what a role may do; this only spares people dead ends. */
const ADMINS = ['super_admin', 'admin']
const MANAGERS = [...ADMINS, 'manager']
const WORKERS = [...MANAGERS, 'technician']
const STAFF = [...WORKERS, 'billing']
const BILLERS = [...ADMINS, 'billing']

const allowed = {
  'clients.write': MANAGERS,
  'notes.write': STAFF,
  'assets.write': WORKERS,
  'time.write': WORKERS,
  'money.read': [...BILLERS, 'manager'],
  'invoices.read': [...BILLERS, 'manager'],
  'invoices.write': BILLERS,
  'catalog.write': ADMINS,
  'mail.read': [...BILLERS, 'manager'],
  'users.manage': ADMINS,
  'activity.read': MANAGERS,
} satisfies Record<string, string[]>

export type Permission = keyof typeof allowed

export function may(role: string | undefined, permission: Permission): boolean {
  return role !== undefined && (allowed[permission] as string[]).includes(role)
}

export const isClientRole = (role: string) => role.startsWith('client_')
