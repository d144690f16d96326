/** What the signed-in user is offered, as the server says with the session. It decides what is allowed. */
import type { User } from './session'

export type Permission = User['permissions'][number]

export const may = (user: User | null | undefined, permission: Permission) =>
  user?.permissions.includes(permission) ?? false

export const isClientUser = (user: User) => user.scope === 'client'
