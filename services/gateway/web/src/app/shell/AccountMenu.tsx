/** Theme, help and sign-out, behind the user's initials. */
import { type MantineColorScheme, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import {
  IconBook,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { common } from '@/shared/i18n/en/common'
import { notifyError } from '@/shared/notify'
import { signOut } from '@/shared/session/session'
import { useUser } from '@/shared/session/useUser'
import classes from './Shell.module.css'

const schemes = [
  { value: 'light', label: common.theme.light, Icon: IconSun },
  { value: 'dark', label: common.theme.dark, Icon: IconMoon },
  { value: 'auto', label: common.theme.auto, Icon: IconDeviceDesktop },
] as const

export default function AccountMenu({ onHelp }: { onHelp?: () => void }) {
  const user = useUser()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  if (!user) return null

  async function leave() {
    try {
      await signOut(queries)
      navigate({ to: '/login' })
    } catch (error) {
      notifyError(error)
    }
  }

  return (
    <Menu width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.avatar} aria-label={`${common.account}: ${user.name}`}>
          {initials(user.name)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{user.name}</strong>
          <span>{user.email}</span>
          <span>{common.roles[user.role] ?? user.role}</span>
        </div>
        <Menu.Divider />
        <Menu.Item
          component={Link}
          to="/account"
          leftSection={<IconUserCircle aria-hidden size={16} stroke={1.6} />}
        >
          {common.yourAccount}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{common.theme.label}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(value as MantineColorScheme)}
        >
          {schemes.map(({ value, label, Icon }) => (
            <Menu.RadioItem key={value} value={value}>
              <span className={classes.scheme}>
                <Icon aria-hidden size={16} stroke={1.6} />
                {label}
              </span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        {onHelp && (
          <Menu.Item
            leftSection={<IconKeyboard size={16} stroke={1.6} />}
            rightSection={<kbd className={classes.kbd}>?</kbd>}
            onClick={onHelp}
          >
            {common.shortcuts}
          </Menu.Item>
        )}
        <Menu.Item component="a" href="/api/docs" leftSection={<IconBook size={16} stroke={1.6} />}>
          {common.apiDocs}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={leave}>
          {common.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase()
}
