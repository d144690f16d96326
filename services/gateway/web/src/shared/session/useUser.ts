import { useQuery } from '@tanstack/react-query'
import { may, type Permission } from './permissions'
import { sessionQuery } from './session'

export function useUser() {
  return useQuery(sessionQuery).data ?? null
}

export function useMay(permission: Permission): boolean {
  return may(useUser(), permission)
}
