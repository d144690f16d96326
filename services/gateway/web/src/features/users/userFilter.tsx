/** Filters a list by one person. An MSP has tens of users, not thousands: they are loaded at once. */
import { NativeSelect } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { auditLog as words } from '@/shared/i18n/en/administration'
import type { FilterFieldProps } from '@/shared/table/types'
import { fetchUsers, usersKey } from './queries'

const peopleQuery = queryOptions({
  queryKey: [...usersKey, 'choices'],
  queryFn: ({ signal }) => fetchUsers({ page_size: 100, sort: 'name' }, signal),
})

/** `nobody` names the choice of no user. */
type Props = FilterFieldProps & { withSystem?: boolean; nobody?: string }

export function UserFilterField({ label, value, onChange, withSystem, nobody = words.anybody }: Props) {
  const people = useQuery(peopleQuery).data?.items ?? []
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value}
      data={[
        { value: '', label: `${label}: ${nobody}` },
        ...(withSystem ? [{ value: 'system', label: words.system }] : []),
        ...people.map((user) => ({ value: user.id, label: user.name })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export const ActorFilterField = (props: FilterFieldProps) => <UserFilterField {...props} withSystem />
