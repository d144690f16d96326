/** What can be done with an agreement in its present status. */
import { Button } from '@mantine/core'
import {
  IconArrowsDiff,
  IconCopy,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconStar,
  IconStarOff,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { agreements } from '@/shared/i18n/en/agreements'
import { common } from '@/shared/i18n/en/common'
import { whatIf } from '@/shared/i18n/en/whatIf'
import { ButtonLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { useMay } from '@/shared/session/useUser'
import { RowMenu } from '@/shared/table/RowMenu'
import type { RowMenuItem } from '@/shared/table/rowMenuItem'
import {
  type Agreement,
  agreementsKey,
  deleteDraft,
  draftNextTerm,
  keepAgreement,
  type StatusAction,
  setDefault,
} from './queries'

const StatusDialog = lazyPart(async () => (await import('./statusDialog')).StatusDialog)
const DeleteDialog = lazyPart(async () => (await import('@/shared/form/DeleteDialog')).DeleteDialog)

const words = agreements.actions
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function Actions({ agreement }: { agreement: Agreement }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<StatusAction | 'delete' | null>(null)
  const close = () => setAsked(null)
  if (!useMay('agreements.write')) return null
  const first = { draft: 'activate', suspended: 'resume' }[agreement.status as string] as
    | 'activate'
    | 'resume'
    | undefined
  const clone: RowMenuItem = {
    label: words.clone,
    icon: <IconCopy {...icon} />,
    onClick: () => navigate({ to: '/agreements/new', search: { from: agreement.id } as never }),
  }
  const compare: RowMenuItem = {
    label: whatIf.action,
    icon: <IconArrowsDiff {...icon} />,
    onClick: () => navigate({ to: '/agreements/what-if', search: { agreement_id: agreement.id } as never }),
  }
  async function draftNext() {
    try {
      const made = await draftNextTerm(agreement)
      await queries.invalidateQueries({ queryKey: agreementsKey })
      notifyDone(words.drafted(made.number))
      navigate({ to: '/agreements/$agreementId', params: { agreementId: made.id } })
    } catch (error) {
      notifyError(error)
    }
  }
  async function chooseDefault(isDefault: boolean) {
    try {
      await keepAgreement(queries, await setDefault(agreement, isDefault))
      const say = isDefault ? words.madeDefault : words.clearedDefault
      notifyDone(say(agreement.name, agreement.client_name))
    } catch (error) {
      notifyError(error)
    }
  }
  const asDefault: RowMenuItem = {
    label: agreement.is_default ? words.clearDefault : words.makeDefault,
    icon: agreement.is_default ? <IconStarOff {...icon} /> : <IconStar {...icon} />,
    onClick: () => chooseDefault(!agreement.is_default),
  }
  const renew: RowMenuItem = {
    label: words.renew,
    icon: <IconRefresh {...icon} />,
    onClick: draftNext,
  }
  const following = agreement.status !== 'draft' && agreement.end_date ? [renew] : []
  const choosing = agreement.status === 'active' || agreement.is_default ? [asDefault] : []
  const items = [...choosing, ...following, clone, compare, ...itemsFor(agreement, setAsked)]
  return (
    <>
      <ButtonLink
        variant="default"
        to="/agreements/$agreementId/edit"
        params={{ agreementId: agreement.id }}
        leftSection={<IconPencil aria-hidden size={14} />}
      >
        {common.edit}
      </ButtonLink>
      {first && (
        <Button leftSection={<IconPlayerPlay aria-hidden size={15} />} onClick={() => setAsked(first)}>
          {words[first].button}
        </Button>
      )}
      <RowMenu variant="default" label={common.actionsOf(agreement.name)} items={items} />
      {asked && asked !== 'delete' && <StatusDialog agreement={agreement} action={asked} onClose={close} />}
      {asked === 'delete' && (
        <DeleteDialog
          name={agreement.name}
          text={words.deleteText}
          remove={() => deleteDraft(agreement)}
          onGone={() => navigate({ to: '/agreements' })}
          onClose={close}
        />
      )}
    </>
  )
}

function itemsFor(agreement: Agreement, ask: (what: StatusAction | 'delete') => void): RowMenuItem[] {
  const suspend = {
    label: words.suspend.button,
    icon: <IconPlayerPause {...icon} />,
    onClick: () => ask('suspend'),
  }
  const cancel = {
    label: words.cancel.button,
    icon: <IconX {...icon} />,
    danger: true,
    onClick: () => ask('cancel'),
  }
  const remove = {
    label: words.delete,
    icon: <IconTrash {...icon} />,
    danger: true,
    onClick: () => ask('delete'),
  }
  const items: Record<string, RowMenuItem[]> = {
    draft: [remove],
    active: [suspend, cancel],
    suspended: [cancel],
  }
  return items[agreement.status] ?? []
}
