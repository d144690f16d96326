/** The seven roles, and for every part of the API which of them may use it. */
import { Badge, Group, SimpleGrid, Stack, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { type Role, rolesQuery } from '@/features/users/queries'
import { AdministrationSections } from '@/features/users/sections'
import { roles as words } from '@/shared/i18n/en/administration'
import { common } from '@/shared/i18n/en/common'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { type Area, permissionsQuery, shareOf } from './queries'
import classes from './roles.module.css'

const titleOf = (role: Role) => common.roles[role.name] ?? role.title

export function RolesPage() {
  const roles = useQuery(rolesQuery)
  const permissions = useQuery(permissionsQuery)
  const failed = roles.isError ? roles : permissions
  return (
    <>
      <PageHeader title={words.title} />
      <AdministrationSections />
      {roles.data && permissions.data ? (
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {words.lead} {words.limits}
          </Text>
          <Descriptions roles={roles.data.items} />
          <Section title={words.table} flush>
            <Text size="sm" c="dimmed" px="md" pb="xs">
              {words.legend}
            </Text>
            <Permissions roles={roles.data.items} areas={permissions.data.items} />
          </Section>
        </Stack>
      ) : failed.isError ? (
        <ErrorState error={failed.error} onRetry={() => failed.refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  )
}

function Descriptions({ roles }: { roles: Role[] }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm">
      {roles.map((role) => (
        <Section key={role.name} title={titleOf(role)}>
          <Group gap="xs" mb={4}>
            <Badge color={role.scope === 'msp' ? 'evergreen' : 'blue'}>{words.scopes[role.scope]}</Badge>
          </Group>
          <Text size="sm">{role.description}</Text>
        </Section>
      ))}
    </SimpleGrid>
  )
}

function Permissions({ roles, areas }: { roles: Role[]; areas: Area[] }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls sideways must be reachable by keyboard
    <div className={classes.scroll} role="group" tabIndex={0} aria-label={words.table}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.area}</th>
            {roles.map((role) => (
              <th key={role.name} scope="col">
                {titleOf(role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {areas.map((area) => (
            <AreaRows key={area.name} area={area} roles={roles} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function AreaRows({ area, roles }: { area: Area; roles: Role[] }) {
  const [open, setOpen] = useState(false)
  return (
    <Fragment>
      <tr>
        <th scope="row">
          <UnstyledButton
            className={classes.area}
            fz="sm"
            aria-expanded={open}
            aria-label={words.show(area.name)}
            onClick={() => setOpen(!open)}
          >
            <IconChevronRight aria-hidden size={14} stroke={2} />
            {area.name}
          </UnstyledButton>
          <Text size="xs" c="dimmed" fw={400} pl={18}>
            {area.description}
          </Text>
        </th>
        {roles.map((role) => (
          <td key={role.name}>
            <Share area={area} role={role.name} />
          </td>
        ))}
      </tr>
      {open &&
        area.operations.map((operation) => (
          <tr key={operation.operation} className={classes.operation}>
            <th scope="row">
              {operation.name}
              <Text size="xs" c="dimmed" ff="monospace">
                {operation.method} {operation.path.replace('/api/v1', '')}
              </Text>
            </th>
            {roles.map((role) => (
              <td key={role.name}>
                {(operation.roles as string[]).includes(role.name) ? (
                  <>
                    <IconCheck aria-hidden size={15} stroke={2} />
                    <VisuallyHidden>{words.allowed}</VisuallyHidden>
                  </>
                ) : (
                  <span className={classes.muted}>
                    <span aria-hidden>{words.none}</span>
                    <VisuallyHidden>{words.notAllowed}</VisuallyHidden>
                  </span>
                )}
              </td>
            ))}
          </tr>
        ))}
    </Fragment>
  )
}

function Share({ area, role }: { area: Area; role: string }) {
  const share = shareOf(area, role)
  if (share === 'all') return <b>{words.all}</b>
  if (share === 'read') return words.read
  if (share === 'none')
    return (
      <span className={classes.muted}>
        <span aria-hidden>{words.none}</span>
        <VisuallyHidden>{words.noneLong}</VisuallyHidden>
      </span>
    )
  return words.some(share.allowed, share.all)
}
