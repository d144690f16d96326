/** What the lists of API keys show of one, and what can be done with it. */
import { Badge } from '@mantine/core'
import { IconBan, IconPencil } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { apiKeys as words } from '@/shared/i18n/en/administration'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { RowMenu } from '@/shared/table/RowMenu'
import { type ApiKey, apiKeysKey, revokeKey, stateOf } from './queries'

const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)
const RenameDialog = lazyPart(async () => (await import('./renameDialog')).RenameDialog)

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const state = stateOf(apiKey)
  return <Badge color={state === 'active' ? 'evergreen' : 'gray'}>{words.states[state]}</Badge>
}

export function KeyMenu({ apiKey }: { apiKey: ApiKey }) {
  const [opened, setOpened] = useState<'rename' | 'revoke' | null>(null)
  const close = () => setOpened(null)
  if (apiKey.revoked_at) return null
  const items = [
    { label: common.edit, icon: <IconPencil {...icon} />, onClick: () => setOpened('rename') },
    { label: words.revoke, icon: <IconBan {...icon} />, danger: true, onClick: () => setOpened('revoke') },
  ]
  return (
    <>
      <RowMenu label={common.actionsOf(apiKey.name)} items={items} />
      {opened === 'rename' && <RenameDialog apiKey={apiKey} onClose={close} />}
      {opened === 'revoke' && <Revoke apiKey={apiKey} onClose={close} />}
    </>
  )
}

function Revoke({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)

  async function run() {
    setBusy(true)
    try {
      await revokeKey(apiKey)
      notifyDone(words.revoked(apiKey.name))
    } catch (error) {
      notifyError(error)
    } finally {
      await queries.invalidateQueries({ queryKey: apiKeysKey })
      onClose()
    }
  }

  return (
    <ConfirmDialog
      title={words.revokeTitle(apiKey.name)}
      text={words.revokeText}
      action={words.revoke}
      danger
      busy={busy}
      onConfirm={run}
      onClose={onClose}
    />
  )
}
