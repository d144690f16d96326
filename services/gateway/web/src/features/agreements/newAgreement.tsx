import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '@/api/problem'
import { Crumbs } from '@/shared/Crumbs'
import { today } from '@/shared/dates'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { agreementForm as words } from '@/shared/i18n/en/agreementForm'
import { agreements } from '@/shared/i18n/en/agreements'
import { notifyDone } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { AgreementEditor } from './editor'
import { type AgreementBody, createOne, keepAgreement } from './queries'
import { fresh } from './values'

export function NewAgreement() {
  const { client_id = '' } = useSearch({ strict: false }) as { client_id?: string }
  const queries = useQueryClient()
  const navigate = useNavigate()
  const sendOnce = useSendOnce()
  const mayWrite = useMay('agreements.write')
  const [initial] = useState(() => fresh(client_id, today()))
  if (!mayWrite) return <ErrorState error={new ApiError(403, {})} level={1} />

  async function save(body: AgreementBody, { activate }: { activate: boolean }) {
    const made = await sendOnce((key) => createOne(body, key))
    keepAgreement(queries, made)
    notifyDone(activate ? words.activated(made.name) : words.created(made.name))
    navigate({ to: '/agreements/$agreementId', params: { agreementId: made.id } })
  }

  return (
    <>
      <PageHeader title={words.newTitle} above={<Crumbs to="/agreements" label={agreements.title} />} />
      <AgreementEditor
        agreement={null}
        initial={initial}
        onSave={save}
        onCancel={() => navigate({ to: '/agreements' })}
      />
    </>
  )
}
