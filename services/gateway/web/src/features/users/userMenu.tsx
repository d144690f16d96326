/** What an administrator can do with a user, beside editing. */
import { IconBan, IconCircleCheck, IconKey, IconLogout, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { users as words } from '@/shared/i18n/en/administration'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { RowMenu } from '@/shared/table/RowMenu'
import { disable, enable, removeUser, signOutOf, type User, usersKey } from './queries'

const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)
const PasswordDialog = lazyPart(async () => (await import('./passwordDialog')).PasswordDialog)

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

type Props = { user: User; self: boolean; onEdit: (user: User) => void }

export function UserMenu({ user, self, onEdit }: Props) {
  const queries = useQueryClient()
  const [opened, setOpened] = useState<'password' | 'signOut' | 'delete' | null>(null)
  const [busy, setBusy] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: usersKey })
  const close = () => setOpened(null)
  const active = user.status === 'active'

  async function toggle() {
    const [act, back] = active ? [disable, enable] : [enable, disable]
    try {
      const saved = await act(user)
      await refresh()
      notifyDone(active ? words.disabled(user.name) : words.enabled(user.name), () => {
        back(saved).then(refresh, notifyError)
      })
    } catch (error) {
      notifyError(error)
    }
  }

  async function signOut() {
    setBusy(true)
    try {
      await signOutOf(user)
      notifyDone(words.signedOut(user.name))
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
      close()
    }
  }

  const items = [
    { label: common.edit, icon: <IconPencil {...icon} />, onClick: () => onEdit(user) },
    // one's own password and sessions are on the page "Your account"
    ...(self
      ? []
      : [
          { label: words.resetPassword, icon: <IconKey {...icon} />, onClick: () => setOpened('password') },
          { label: words.signOut, icon: <IconLogout {...icon} />, onClick: () => setOpened('signOut') },
          {
            label: active ? words.disable : words.enable,
            icon: active ? <IconBan {...icon} /> : <IconCircleCheck {...icon} />,
            onClick: toggle,
          },
        ]),
    ...(user.last_login_at === null && !self
      ? [
          {
            label: common.delete,
            icon: <IconTrash {...icon} />,
            danger: true,
            onClick: () => setOpened('delete'),
          },
        ]
      : []),
  ]
  return (
    <>
      <RowMenu label={common.actionsOf(user.name)} items={items} />
      {opened === 'password' && <PasswordDialog user={user} onClose={close} />}
      {opened === 'signOut' && (
        <ConfirmDialog
          title={words.signOutTitle(user.name)}
          text={words.signOutText}
          action={words.signOut}
          danger
          busy={busy}
          onConfirm={signOut}
          onClose={close}
        />
      )}
      {opened === 'delete' && (
        <DeleteDialog
          name={user.name}
          text={words.deleteText}
          remove={() => removeUser(user)}
          onGone={refresh}
          onClose={close}
        />
      )}
    </>
  )
}
