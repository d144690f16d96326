/** Chooses who does the work: the signed-in user first, then the client's technicians. */
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { techniciansQuery } from '@/features/clients/parts'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { useUser } from '@/shared/session/useUser'

/** `current` names the technician of what is edited, who may no longer be one of the client's. */
type Props = { clientId: string; none?: string; current?: string | null } & Parameters<typeof NativeSelect>[0]

export function TechnicianSelect({ clientId, none, current, ...input }: Props) {
  const me = useUser()
  const query = useQuery({ ...techniciansQuery(clientId), enabled: clientId !== '' })
  const others = (query.data?.items ?? []).filter((one) => one.active && one.user_id !== me?.id)
  const gone = input.value && input.value !== me?.id && !others.some((one) => one.user_id === input.value)
  return (
    <NativeSelect
      data={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...(me ? [{ value: me.id, label: words.form.me(me.name) }] : []),
        ...(gone ? [{ value: String(input.value), label: current ?? '…' }] : []),
        ...others.map((one) => ({ value: one.user_id, label: one.name ?? one.email ?? one.user_id })),
      ]}
      {...input}
    />
  )
}
